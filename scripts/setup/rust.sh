#!/usr/bin/env bash
# The wasm target of the toolchain, and the wasm-bindgen CLI at exactly the version in Cargo.lock, in .tools/.
set -euo pipefail
cd "$(dirname "$0")/../.."
target=wasm32-unknown-unknown
if [ ! -d "$(rustc --print target-libdir --target $target)" ]; then
  rustup target add $target
fi
want=$(awk '/^name = "wasm-bindgen"$/ { getline; gsub(/[^0-9.]/, ""); print }' Cargo.lock)
have=$(.tools/bin/wasm-bindgen --version 2>/dev/null | awk '{ print $2 }' || true)
if [ "$want" != "$have" ]; then
  cargo install --quiet --locked --root .tools --version "=$want" wasm-bindgen-cli
fi
