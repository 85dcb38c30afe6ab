"""From Seahorse sources to committed artifacts: Rust, IDL, SBPF bytecode, Python clients and their manifest."""
