// One moderation by OpenAI's client: node client.mjs '{"url", "request", "options"?}'
import OpenAI from "openai";

const job = JSON.parse(process.argv[2]);
const client = new OpenAI({ apiKey: "any-key", baseURL: `${job.url}/v1`, ...job.options });
try {
  console.log(JSON.stringify({ result: await client.moderations.create(job.request) }));
} catch (error) {
  const { status, code, param, type, message } = error;
  console.log(JSON.stringify({ error: { name: error.constructor.name, status, code, param, type, message } }));
}
