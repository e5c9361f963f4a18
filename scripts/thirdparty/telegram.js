// Serves the Telegram stand-in on loopback: node telegram.js PORT. It is found in the
// folder that this is run in.
'use strict';

const path = require('node:path');

const TelegramServer = require(path.join(process.cwd(), 'node_modules', 'telegram-test-api'));

const server = new TelegramServer({ host: '127.0.0.1', port: Number(process.argv[2]), storeTimeout: 3600 });

server.start().catch((err) => {
  console.error(err);
  process.exit(1);
});
