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
  install() { cargo install --quiet --root .tools --version "=$want" "$@" wasm-bindgen-cli; }
  # Its own lock first; where a registry lacks one of the versions in it, the newest that fit. The tool's version is exact
  # in both. Once more, because a registry's index can be read at a bad moment.
  install --locked 2> /dev/null || install 2> /dev/null || install
fi
