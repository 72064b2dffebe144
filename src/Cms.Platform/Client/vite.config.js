import { defineConfig } from 'vite';

// Each area is a folder with a main.js; what it becomes is embedded into the assembly and served below /client/<area>/.
export default defineConfig({
  base: '/client/',
  logLevel: 'error',
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    rollupOptions: {
      // Libraries mark modules for frameworks that we don't use.
      onwarn: (warning, warn) => warning.code === 'MODULE_LEVEL_DIRECTIVE' || warn(warning),
      input: { graphiql: 'graphiql/main.js' },
      output: {
        entryFileNames: '[name]/main.js',
        chunkFileNames: 'chunks/[name]-[hash].js',
        assetFileNames: (asset) => (asset.names?.[0] === 'graphiql.css' ? 'graphiql/main.css' : 'assets/[name]-[hash][extname]'),
      },
    },
  },
  worker: { format: 'es' },
});
