# The operator. The build context is the folder that `npm run images -- --context` makes: bundles without node_modules.
#
#   docker buildx build --platform linux/amd64,linux/arm64 -f images/operator.Dockerfile images/context
#
# Where there is no docker, `npm run images` follows this same file (tools/images).
ARG BASE_IMAGE=gcr.io/distroless/cc-debian13:nonroot
ARG NODE_IMAGE=node:24.21.0-trixie-slim

FROM ${NODE_IMAGE} AS node

FROM ${BASE_IMAGE}
COPY --from=node /usr/local/bin/node /usr/local/bin/node
COPY operator/ /app/
LABEL org.opencontainers.image.title="medlyssning operator"
LABEL org.opencontainers.image.description="Compiles who may listen to whom into policies for media nodes"
LABEL org.opencontainers.image.licenses="Apache-2.0"
ENV PATH=/usr/local/bin:/usr/bin:/bin
ENV NODE_ENV=production
WORKDIR /app
USER 65532
EXPOSE 9465
ENTRYPOINT ["/usr/local/bin/node", "/app/main.mjs"]
