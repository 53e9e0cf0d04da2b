// Bodies of POST /analyze, as load/bodies.py makes them: other texts each time, so that no cache answers for the model.
const COUNT = 2000;

function normal() {
  return Math.sqrt(-2 * Math.log(1 - Math.random())) * Math.cos(2 * Math.PI * Math.random());
}

// Words of a text.
function length(mixed) {
  if (mixed !== 'lengths') return 8 + Math.floor(17 * Math.random());
  if (Math.random() < 0.02) return 800; // about 5,000 characters
  return Math.min(128, Math.max(8, Math.round(Math.exp(Math.log(24) + 0.8 * normal()))));
}

export function documents({ words, mixed }) {
  const word = () => words[Math.floor(Math.random() * words.length)];
  return Array.from({ length: COUNT }, () => {
    const text = Array.from({ length: length(mixed) }, word).join(' ').slice(0, 5000);
    const model = mixed === 'models' ? (Math.random() < 0.2 ? 'bert' : 'simple') : __ENV.MODEL || 'simple';
    return JSON.stringify({ text, model });
  });
}
