/**
 * Messages and stacks of failures are encrypted like payloads: a refused action or an exception could quote what a person
 * wrote. CommonJS, because Temporal loads it by path, in workers and into the workflows' bundle alike.
 */
const { DefaultFailureConverter } = require('@temporalio/common');

exports.failureConverter = new DefaultFailureConverter({ encodeCommonAttributes: true });
