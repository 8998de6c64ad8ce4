# Adds up the closing lines of nextest, cargo test and vitest: "N passed, N failed".
function before(word,    i) {
  for (i = 2; i <= NF; i++) if ($i ~ "^" word "[,;]?$") return $(i - 1) + 0
  return 0
}
{ gsub(/\033\[[0-9;]*m/, "") }
/^ *Summary \[|^test result: |^ *Tests  / { passed += before("passed"); failed += before("failed") }
END { printf "%d passed, %d failed\n", passed, failed }
