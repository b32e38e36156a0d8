# The media sidecar, with the console's page in /app/console. Build context and use: see operator.Dockerfile.
ARG BASE_IMAGE=gcr.io/distroless/cc-debian13:nonroot
ARG NODE_IMAGE=node:24.21.0-trixie-slim

FROM ${NODE_IMAGE} AS node

FROM ${BASE_IMAGE}
COPY --from=node /usr/local/bin/node /usr/local/bin/node
COPY media-sidecar/ /app/
LABEL org.opencontainers.image.title="medlyssning media sidecar"
LABEL org.opencontainers.image.description="Decides each attempt to listen beside an rtpengine and carries it out"
LABEL org.opencontainers.image.licenses="Apache-2.0"
ENV PATH=/usr/local/bin:/usr/bin:/bin
ENV NODE_ENV=production
# The policy of a large platform is read here and there in hundreds of MB: with large pages there is less to wait for.
ENV GLIBC_TUNABLES=glibc.malloc.hugetlb=1
WORKDIR /app
USER 65532
EXPOSE 5070 8443 9464
ENTRYPOINT ["/usr/local/bin/node", "/app/main.mjs"]
