# Build: `docker build -t front-door .`; run: see `deploy/compose.yaml`. What is built holds the key of the framework's
# actions (`.next`): keep the image as private as the environment.

FROM node:24-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# Hashes of the lock file are checked, and no install script is run (`.npmrc`).
RUN npm ci
COPY . .
RUN npx next build --webpack --experimental-next-config-strip-types && rm -rf .next/cache && node deploy/copy-modules.mjs /runtime

FROM node:24-slim
# Without bounds, Node lets garbage lie as long as the machine has room: 134 MB of young objects alone. The app lives in a
# quarter of this.
ENV NODE_ENV=production NEXT_TELEMETRY_DISABLED=1 NODE_OPTIONS="--max-old-space-size=256 --max-semi-space-size=16"
WORKDIR /app
# Owned by root and read-only for the app's user: the app writes to DATA_DIR alone, and to nothing on Postgres.
COPY --from=build /runtime/node_modules node_modules
COPY --from=build /app/.next .next
COPY --from=build /app/public public
COPY --from=build /app/lib lib
COPY --from=build /app/package.json /app/next.config.ts /app/server.ts ./
USER node
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:3000/readyz').then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
# No shell and no npm in between: signals reach the server, which drains before it ends.
CMD ["node", "--import", "./lib/observability/output-guard.mjs", "server.ts", "-H", "0.0.0.0", "-p", "3000"]
