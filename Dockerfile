# Conversation Bridge: built in one stage, run in another without build tools and without root.
#   docker build -t conversation-bridge .
#   docker run --rm -it conversation-bridge run --sandbox --for 30s
ARG BUILD_IMAGE=maven:3.9-eclipse-temurin-17
ARG RUNTIME_IMAGE=eclipse-temurin:17-jre

FROM ${BUILD_IMAGE} AS build
WORKDIR /src
COPY pom.xml ./
COPY .mvn .mvn
COPY src src
COPY routes routes
COPY config config
COPY docs docs
COPY examples examples
COPY LICENSE README.md CHANGELOG.md SECURITY.md CONTRIBUTING.md ./
RUN mvn -B -q -DskipTests package

FROM ${RUNTIME_IMAGE}
RUN groupadd --gid 10001 bridge \
 && useradd --uid 10001 --gid bridge --no-create-home --home-dir /data --shell /usr/sbin/nologin bridge \
 && mkdir /data \
 && chown bridge:bridge /data
COPY --from=build /src/target/conversation-bridge /opt/conversation-bridge
# The class archive is of this Java and these jars. A Java that cannot make one starts without.
RUN /opt/conversation-bridge/bin/conversation-bridge prepare || true
USER 10001:10001
WORKDIR /data
# Loopback inside a container cannot be reached from outside: publish the port to the host's loopback (see docker-compose.yml).
ENV DATA_DIR=/data \
    MANAGEMENT_HOST=0.0.0.0
# Not of routes/ and config/: a volume would keep those of the image that it was made from.
VOLUME ["/data"]
EXPOSE 9876
# Live, not ready: who restarts a container that waits for Genesys Cloud or for the broker gains nothing.
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s --retries=3 \
  CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/${MANAGEMENT_PORT:-9876} && printf 'GET /observe/health/live HTTP/1.0\\r\\n\\r\\n' >&3 && head -n 1 <&3 | grep -q ' 200 '"]
ENTRYPOINT ["/opt/conversation-bridge/bin/conversation-bridge"]
CMD ["run"]
