// Asks npm's @conversationai/perspectiveapi-js-client each call of stdin and prints what it said.
'use strict';
const {Client} = require('@conversationai/perspectiveapi-js-client');

const calls = JSON.parse(require('fs').readFileSync(0, 'utf8'));
const client = new Client('any-key');

async function ask({text, options}) {
  try {
    return {answer: await client.getScores(text, options)};
  } catch (error) {
    return {error: error.constructor.name, message: error.message};
  }
}

(async () => {
  const answers = [];
  for (const call of calls) answers.push(await ask(call));
  console.log(JSON.stringify(answers));
})();
