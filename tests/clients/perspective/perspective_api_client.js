// Asks npm's perspective-api-client each call of stdin and prints what it said.
'use strict';
const Perspective = require('perspective-api-client');

const calls = JSON.parse(require('fs').readFileSync(0, 'utf8'));
const client = new Perspective({apiKey: 'any-key'});

async function ask({text, options}) {
  try {
    return {answer: await client.analyze(text, options)};
  } catch (error) {
    const response = error.response || {};
    return {error: error.name, message: error.message, status: response.status, body: response.data};
  }
}

(async () => {
  const answers = [];
  for (const call of calls) answers.push(await ask(call));
  console.log(JSON.stringify(answers));
})();
