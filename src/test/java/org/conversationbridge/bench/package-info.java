// SPDX-License-Identifier: Apache-2.0
/**
 * Benchmarks of whole processes, started with {@code src/bench/run}: the scenarios in {@code src/bench}, the peers that
 * the program is compared with in the same run, and what is measured of them from outside. In the order of reading:
 *
 * <ul>
 *   <li>what is measured: {@link Bench}, {@link Scenario}, {@link ColdRun} for starts, {@link SteadyRun} for polls;
 *   <li>what is started: {@link Peer}, {@link Rig} (the broker), {@link LoadGenerator}, each a {@link Launched} process;
 *   <li>the peers: {@link RawProducer}, {@link HandLoop}, {@link TextbookCamel}, with {@link GenesysReader} and {@link
 *       HandWritten}, their queries and messages;
 *   <li>the load generator's own process: {@link SandboxServer}, {@link Toll} (latency and rate limit), {@link WarmUp};
 *   <li>how it is measured: {@link Arrivals}, {@link CpuTrack}, {@link MachineCpu}, {@link Cores}, {@link Machine}, {@link Figures};
 *   <li>what comes out: {@link Result}, {@link Goal}, {@link ResultPage}.
 * </ul>
 */
package org.conversationbridge.bench;
