"""Pages shown in a sealed browser: it serves what the renderer made and reaches no network at all."""
