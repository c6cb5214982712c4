/**
 * Our own rule for the linter: inside a transaction of the laptop's store only the transaction is awaited (FAULTS 9).
 * IndexedDB commits as soon as nothing of it is asked for, so whatever else is waited for ends it half-way; the port refuses
 * that when it runs, this finds it before.
 *
 * A body is a function given to `port.read` or `port.write`, or one that takes a `ReadTx` or `WriteTx`; what is written inside
 * it belongs to it. Awaited may be: a call on the transaction, a call that is given it, and `Promise.all` of such.
 * (Plain JavaScript, since the linter loads it by itself.)
 */
const functions = new Set(['ArrowFunctionExpression', 'FunctionExpression', 'FunctionDeclaration']);
const isTransaction = ({ typeAnnotation }) =>
  typeAnnotation?.typeAnnotation.type === 'TSTypeReference' &&
  ['ReadTx', 'WriteTx'].includes(typeAnnotation.typeAnnotation.typeName.name);

/** The names by which the bodies around a node know their transactions; none when it is in no body. */
function transactionsAround(node) {
  const names = [];
  for (let at = node.parent; at; at = at.parent) {
    if (!functions.has(at.type)) continue;
    const typed = at.params.filter(isTransaction);
    const given = isGivenToPort(at) ? at.params.slice(0, 1) : [];
    for (const param of [...typed, ...given]) names.push(param.name ?? '');
    if (isGivenToPort(at) && at.params.length === 0) names.push('');
  }
  return names;
}

function isGivenToPort(fn) {
  const { parent } = fn;
  if (parent?.type !== 'CallExpression' || parent.callee.type !== 'MemberExpression') return false;
  const { object, property } = parent.callee;
  const isPort = object.name === 'port' || object.property?.name === 'port';
  return isPort && ['read', 'write'].includes(property.name) && parent.arguments.at(-1) === fn;
}

/** Whether a promise is only of the transaction's own requests. `body` is what is known of where it is awaited. */
function isOwn(node, body) {
  switch (node?.type) {
    case undefined:
    case 'Literal':
    case 'ArrayExpression':
      return node?.elements?.every((element) => isOwn(element, body)) ?? true;
    case 'Identifier':
      return node.name === 'undefined';
    case 'SpreadElement':
    case 'AwaitExpression':
      return isOwn(node.argument, body);
    case 'ConditionalExpression':
      return isOwn(node.consequent, body) && isOwn(node.alternate, body);
    case 'LogicalExpression':
      return isOwn(node.right, body);
    case 'TSAsExpression':
      return isOwn(node.expression, body);
    case 'CallExpression':
      return isOwnCall(node, body);
    default:
      return false;
  }
}

function isOwnCall({ callee, arguments: given }, body) {
  const [first] = given;
  if (callee.type === 'MemberExpression') {
    if (callee.object.name === 'Promise') return isOwn(first, body);
    if (callee.property.name === 'map' && functions.has(first?.type)) return isOwnFunction(first, body);
    if (body.transactions.includes(callee.object.name)) return true;
  }
  if (given.some(({ name }) => name !== undefined && body.transactions.includes(name))) return true;
  const made = callee.type === 'Identifier' ? body.definitionOf(callee) : undefined;
  return functions.has(made?.type) && transactionsAround(made).length > 0 && isOwnFunction(made, body);
}

/** What an async function awaits is looked at by itself. */
const isOwnFunction = (fn, body) => fn.async || isOwn(fn.body, body);

const foreignAwait = {
  create(context) {
    const definitionOf = (callee) => {
      for (let scope = context.sourceCode.getScope(callee); scope; scope = scope.upper) {
        const found = scope.set.get(callee.name);
        if (found !== undefined) return found.defs[0]?.node.init;
      }
      return undefined;
    };
    const look = (node, awaited) => {
      const transactions = transactionsAround(node);
      if (transactions.length > 0 && !isOwn(awaited, { transactions, definitionOf }))
        context.report({
          node,
          message:
            'Only the transaction may be awaited inside it: whatever else is waited for ends it half-way (FAULTS 9).',
        });
    };
    return {
      AwaitExpression: (node) => look(node, node.argument),
      ForOfStatement: (node) => node.await && look(node, node.right),
    };
  },
};

export default { meta: { name: 'store' }, rules: { 'foreign-await': foreignAwait } };
