// How what runs for months is started: left to itself, V8 lets memory grow with the machine's, to 600 MB and more for what needs 150. The
// limit of 512 MB leaves three times what was seen. The files in deploy/ say the same.
export const lean = ['--max-semi-space-size=6', '--max-old-space-size=512'];

// Two arenas for all threads: with one each, what is freed in one is of no use to another.
export const arenas = { MALLOC_ARENA_MAX: '2' };
