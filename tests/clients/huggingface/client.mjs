// One text classification by Hugging Face's client: node client.mjs '{"endpointUrl"?, "request"}'
import { InferenceClient } from "@huggingface/inference";

const job = JSON.parse(process.argv[2]);
const client = new InferenceClient("hf_any", job.endpointUrl ? { endpointUrl: job.endpointUrl } : {});
try {
  console.log(JSON.stringify({ result: await client.textClassification(job.request) }));
} catch (error) {
  const { message, httpResponse } = error;
  const told = { name: error.constructor.name, message, status: httpResponse?.status, body: httpResponse?.body };
  console.log(JSON.stringify({ error: told }));
}
