-- Version 17: what became of what receivers were to hear, without going over everybody's steps.

CREATE INDEX steps_notify ON steps (target, state, process) WHERE kind = 'notify';

PRAGMA user_version = 17;
