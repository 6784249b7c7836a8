# haguewatch as a small image: one binary, no shell, no root.

FROM rust:1.95-bookworm AS build
WORKDIR /build
COPY Cargo.toml Cargo.lock README.md ./
COPY src src
COPY config config
COPY benches benches
RUN cargo build --release --locked --bin haguewatch \
 && mkdir /state

# base carries OpenSSL 3 and the certificates of the usual authorities; cc adds what Rust links.
FROM gcr.io/distroless/cc-debian12:nonroot
COPY --from=build /build/target/release/haguewatch /usr/local/bin/haguewatch
COPY --from=build --chown=nonroot:nonroot /state /state
# ./config and ./state are looked for here: mount /config for a configuration of your own; the
# shipped one is built in.
WORKDIR /
VOLUME /state
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=60s --timeout=10s --start-period=60s --retries=3 \
    CMD ["haguewatch", "status", "--alive"]
ENTRYPOINT ["haguewatch"]
CMD ["run"]
