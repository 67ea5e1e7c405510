-- Timers and leases. db-scheduler's table; "signals" is ours and db-scheduler ignores it.
create table scheduled_tasks (
    task_name            text     not null,
    task_instance        text     not null,
    task_data            bytea,
    execution_time       timestamptz  not null,
    picked               boolean  not null,
    picked_by            varchar(50),
    last_success         timestamptz,
    last_failure         timestamptz,
    consecutive_failures integer,
    last_heartbeat       timestamptz,
    version              bigint  not null,
    priority             smallint,
    signals              bigint  not null default 0,
    primary key (task_name, task_instance)
);
create index scheduled_tasks_due on scheduled_tasks (execution_time);
create index scheduled_tasks_heartbeat on scheduled_tasks (last_heartbeat);
create index scheduled_tasks_priority on scheduled_tasks (priority desc, execution_time);

create table run (
    run        text    not null primary key,
    plan_hash  text    not null,
    plan_body  text    not null,
    mode       text    not null,
    created_at timestamptz not null,
    created_by text    not null,
    status     text    not null
);

create table journal (
    run   text     not null,
    seq   bigint  not null,
    at    timestamptz  not null,
    v     smallint not null,
    type  text     not null,
    step  text     not null,
    fence bigint  not null,
    body  text     not null,
    hash  bytea     not null,
    primary key (run, seq)
);

create table orders (
    id        bigint generated always as identity primary key,
    run       text    not null,
    kind      text    not null,
    body      text    not null,
    who       text    not null,
    principal text    not null,
    reason    text    not null,
    token     text    not null unique,
    at        timestamptz not null
);
create index orders_of_run on orders (run, id);

create table outbox (
    run         text    not null,
    seq         bigint not null,
    audience    text    not null,
    recipient   text    not null,
    channel     text    not null,
    message_key text    not null,
    subject     text    not null,
    body        text    not null,
    why         text    not null,
    state       text    not null,
    next_at     timestamptz not null,
    tries       integer not null,
    error       text    not null,
    primary key (run, seq, audience, recipient, channel, message_key)
);
create index outbox_due on outbox (state, next_at);

create table claim (
    resource text not null primary key,
    run      text not null
);
create index claim_of_run on claim (run);
