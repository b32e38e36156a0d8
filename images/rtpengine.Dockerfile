# rtpengine, as engine for listeners and for calls: Debian's own, of the first release whose version can mix for a listener.
ARG BASE_IMAGE=debian:forky-slim

FROM ${BASE_IMAGE}
RUN apt-get update && apt-get install --yes --no-install-recommends rtpengine-daemon && rm -rf /var/lib/apt/lists/*
LABEL org.opencontainers.image.title="rtpengine for medlyssning"
LABEL org.opencontainers.image.description="rtpengine of Debian forky, without the kernel module"
LABEL org.opencontainers.image.licenses="GPL-3.0-or-later"
WORKDIR /tmp
USER 65532
ENTRYPOINT ["/usr/bin/rtpengine"]
