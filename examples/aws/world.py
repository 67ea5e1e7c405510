"""Builds a small world in the peers, carries examples/aws/plan.yaml out in it twice, and compares. See ./run.

bench/aws.py builds on it: the same world and plan, with faults, kills and roll-backs at every place."""

import argparse
import json
import os
import pathlib
import random
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request

import boto3

import dataplane

REGION = "eu-central-1"
# Made by the server at every write, so never the same twice.
SERVER_MADE = {"parameter": {"Version", "LastModifiedDate"}, "secret": {"LastChangedDate", "LastAccessedDate"}}


def say(text):
    print(text, flush=True)


def free_port(host="127.0.0.1"):
    with socket.socket() as s:
        s.bind((host, 0))
        return s.getsockname()[1]


# What a proof that runs the plan hundreds of times shortens: the waiting, and how many users there are.
HASTY = {
    r"record: baseline, for: 6s": "record: baseline, for: 2s",
    r"over: 4s": "over: 2s",
    r"min-requests: 40": "min-requests: 20",
    r"expect: 60/s": "expect: 30/s",
    r"10% for 4s, 50% for 4s, 100% for 4s": "30% for 2s, 60% for 2s, 100% for 2s",
    r"bake: \{ for: 5s \}": "bake: { for: 2s }",
    r"ttl: 5s": "ttl: 2s",
}


class World:
    """Load balancer, target groups, zone, parameter, secret, topic, sender: as they are before a cutover."""

    def __init__(self, hasty=False):
        self.hasty = hasty
        for peer, path in (("BASCULE_TEST_MOTO", "/moto-api/reset"), ("BASCULE_TEST_MINISTACK", "/_ministack/reset")):
            urllib.request.urlopen(urllib.request.Request(os.environ[peer] + path, method="POST")).read()
        self.elb = boto3.client("elbv2", region_name=REGION)
        self.route53 = boto3.client("route53", region_name=REGION)
        self.ssm = boto3.client("ssm", region_name=REGION)
        self.secrets = boto3.client("secretsmanager", region_name=REGION)
        self.cloudwatch = boto3.client("cloudwatch", region_name=REGION)
        self.sns = boto3.client("sns", region_name=REGION)
        self.ses = boto3.client("ses", region_name=REGION)
        self.app_port, self.proxy_port, self.dns_port = free_port("127.0.0.2"), free_port(), free_port()
        self.balance()
        self.name()
        self.configure()
        self.fault = dataplane.Fault()
        self.start()

    def balance(self):
        ec2 = boto3.client("ec2", region_name=REGION)
        vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
        subnets = [ec2.create_subnet(VpcId=vpc, CidrBlock=f"10.0.{i}.0/24", AvailabilityZone=REGION + z)["Subnet"]["SubnetId"]
                   for i, z in enumerate("ab")]
        self.balancer = self.elb.create_load_balancer(Name="shop", Subnets=subnets)["LoadBalancers"][0]["LoadBalancerArn"]
        self.groups = {}
        for side in dataplane.SIDES:
            group = self.elb.create_target_group(Name=f"shop-{side}", Protocol="HTTP", Port=80, VpcId=vpc,
                                                 TargetType="ip")["TargetGroups"][0]["TargetGroupArn"]
            self.groups[group] = side
            for i in range(3):
                self.elb.register_targets(TargetGroupArn=group, Targets=[{"Id": f"10.0.{i % 2}.{10 + i}", "Port": 80}])
        self.arn = {side: group for group, side in self.groups.items()}
        self.listener = self.elb.create_listener(
            LoadBalancerArn=self.balancer, Protocol="HTTP", Port=80,
            DefaultActions=[{"Type": "fixed-response", "FixedResponseConfig": {"StatusCode": "404"}}],
        )["Listeners"][0]["ListenerArn"]
        self.rule = self.elb.create_rule(
            ListenerArn=self.listener, Priority=10,
            Conditions=[{"Field": "host-header", "Values": ["shop.example.test"]}],
            Actions=[{"Type": "forward", "TargetGroupArn": self.arn["source"]}],
        )["Rules"][0]["RuleArn"]

    def name(self):
        self.zone = self.route53.create_hosted_zone(Name="example.test", CallerReference=str(time.time()))["HostedZone"]["Id"].split("/")[-1]
        sets = [("shop.example.test", "A", 2 if self.hasty else 5, "127.0.0.2"), ("mail.example.test", "A", 300, "10.0.0.9")]
        self.route53.change_resource_record_sets(HostedZoneId=self.zone, ChangeBatch={"Changes": [
            {"Action": "CREATE", "ResourceRecordSet": {"Name": n, "Type": t, "TTL": ttl, "ResourceRecords": [{"Value": v}]}}
            for n, t, ttl, v in sets]})

    def configure(self):
        self.ssm.put_parameter(Name="/shop/target/mode", Value="dark", Type="String")
        # not the default names of versions: their order must not matter
        self.secrets.create_secret(Name="shop/target/key", SecretString="new", ClientRequestToken="1" * 8 + "-1111-1111-1111-" + "1" * 12)
        self.secrets.put_secret_value(SecretId="shop/target/key", SecretString="old", ClientRequestToken="2" * 8 + "-2222-2222-2222-" + "2" * 12)
        self.topic = self.sns.create_topic(Name="shop-migration")["TopicArn"]
        self.ses.verify_email_identity(EmailAddress="cutover@example.test")

    def dimensions(self, group):
        return (("LoadBalancer", self.balancer.split(":loadbalancer/")[1]), ("TargetGroup", group.split(":")[-1]))

    def start(self):
        self.figures = dataplane.Figures(self.cloudwatch)
        weights = dataplane.Weights(self.elb, self.route53, self.rule, self.zone, "shop.example.test")
        parts = [dataplane.Application(side, self.app_port, self.fault) for side in dataplane.SIDES]
        parts += [self.figures, weights, dataplane.NameServer(self.dns_port, weights),
                  dataplane.Proxy(self.proxy_port, weights, self.groups, self.app_port),
                  dataplane.Users(weights, self.figures, self.groups, self.app_port, self.dimensions,
                                  30 if self.hasty else 60)]
        for part in parts:
            part.start()

    def snapshot(self):
        """What the API tells of everything that the plan touches or stands beside, without what servers make."""
        told = {}
        for listener in self.elb.describe_listeners(LoadBalancerArn=self.balancer)["Listeners"]:
            told["listener"] = listener
        for rule in self.elb.describe_rules(ListenerArn=self.listener)["Rules"]:
            told["rule " + rule["RuleArn"]] = rule
        tags = self.elb.describe_tags(ResourceArns=[self.listener, self.rule])["TagDescriptions"]
        told["tags"] = sorted((t["ResourceArn"], json.dumps(t["Tags"], sort_keys=True)) for t in tags)
        for group in self.groups:
            told["targets " + group] = [t["Target"] for t in self.elb.describe_target_health(TargetGroupArn=group)["TargetHealthDescriptions"]]
        sets = self.route53.list_resource_record_sets(HostedZoneId=self.zone)["ResourceRecordSets"]
        for s in sets:
            told["record " + s["Name"] + " " + s["Type"] + " " + s.get("SetIdentifier", "")] = s
        told["parameter"] = self.ssm.get_parameter(Name="/shop/target/mode")["Parameter"]
        secret = self.secrets.describe_secret(SecretId="shop/target/key")
        secret["VersionIdsToStages"] = {v: [s for s in stages if s == "AWSCURRENT"] for v, stages in secret["VersionIdsToStages"].items()}
        told["secret"] = {k: v for k, v in secret.items() if k != "ResponseMetadata"}
        for thing, fields in SERVER_MADE.items():
            told[thing] = {k: v for k, v in told[thing].items() if k not in fields}
        return json.loads(json.dumps(told, default=str, sort_keys=True))

    def messages(self):
        with urllib.request.urlopen(os.environ["BASCULE_TEST_MOTO"] + "/moto-api/data.json") as answer:
            data = json.load(answer)
        topics = data.get("sns", {}).get("Topic", [])
        sent = sum(len(t.get("sent_notifications", [])) for t in topics if t.get("arn") == self.topic)
        mails = int(self.ses.get_send_quota()["SentLast24Hours"])
        return sent, mails

    def plan(self, folder):
        text = pathlib.Path(__file__).with_name("plan.yaml").read_text()
        changes = {
            r"arn:aws:elasticloadbalancing:\S+:listener/\S+": self.listener,
            r"arn:aws:elasticloadbalancing:\S+:targetgroup/shop-source/\S+": self.arn["source"],
            r"arn:aws:elasticloadbalancing:\S+:targetgroup/shop-target/\S+": self.arn["target"],
            r"arn:aws:sns:[^ ,}]+": self.topic,
            r"Z0123456789EXAMPLE": self.zone,
            # moto never tells that a sender is verified, and answers no question about the sandbox
            r"(from: cutover@example.test)": r"\1, excuse: { sender: moto does not tell }",
            r":8481": f":{self.app_port}", r":8480": f":{self.proxy_port}", r":8453": f":{self.dns_port}",
            **(HASTY if self.hasty else {}),
        }
        for pattern, value in changes.items():
            text, count = re.subn(pattern, value, text)
            assert count, pattern
        file = folder / "plan.yaml"
        file.write_text(text)
        return file


def differences(before, after):
    lines = []

    def walk(path, a, b):
        if isinstance(a, dict) and isinstance(b, dict):
            for key in sorted(set(a) | set(b)):
                walk(f"{path}.{key}" if path else key, a.get(key), b.get(key))
        elif a != b:
            lines.append(f"    {path}: {json.dumps(a)} -> {json.dumps(b)}")

    walk("", before, after)
    return lines


class Teller:
    """Prints the stages as they are reached; in the bad case the target fails from the half on."""

    def __init__(self, world, fault):
        self.world, self.fault, self.shown = world, fault, None

    def __call__(self, event, run):
        if event.get("event") == "Held":  # and nobody will come
            say(f"    held: {event['body']['reason']}")
            run.terminate()
        if event.get("type") != "run.stage":
            return
        if event["intended"] != self.shown:
            self.shown = event["intended"]
            say(f"    {event['step']}: intended {self.shown}, observed {event['observed']}")
        if self.fault and event["intended"] >= 0.5:
            self.world.fault.share = 0.4


def cutover(root, world, folder, watch, kills=0, environment=None):
    """Runs the plan to its end, which it answers, with how many kills were left over. The orchestrator is killed so many
    times on the way, and goes on from its journal. Every line of it is shown to `watch`, with its process."""
    program = [os.environ.get("BASCULE", str(root / "bascule")), "run", "--home", str(folder / "home"),
               "--run-id", "aws-example", "--yes-i-am", "ana", "--yes-i-am", "ben", "-o", "json"]
    plan = [str(world.plan(folder))]
    state = "none"
    while state == "none":
        with (folder / "err.log").open("a") as errors, (folder / "run.json").open("a") as journal, \
                subprocess.Popen([*program, *plan], stdout=subprocess.PIPE, stderr=errors, text=True,
                                 env=environment) as run:
            killer = threading.Timer(random.uniform(0.3, 5.0), run.kill)
            for line in run.stdout:
                if kills > 0 and killer.ident is None:
                    killer.start()  # once it has said something, not while it starts
                if not line.endswith("\n"):
                    break  # killed while it wrote
                journal.write(line)
                event = json.loads(line)
                watch(event, run)
                if event.get("type") == "run.ended":
                    state = event["state"]
            killer.cancel()
        if run.returncode == -signal.SIGKILL:
            kills -= 1
            begun = subprocess.run([program[0], "status", "aws-example", "--home", str(folder / "home")],
                                   capture_output=True).returncode in (0, 3, 4)
            plan = [] if begun else plan
        elif state == "none":
            say((folder / "err.log").read_text()[-1000:])
            break
    return state, kills


def once(root, expected, fault, keep, kills):
    folder = pathlib.Path(tempfile.mkdtemp(prefix="bascule-aws-example."))
    world = World()
    before = world.snapshot()
    begun = time.time()
    say(f"== {'with a target that fails from 50% on' if fault else 'as it should go'} (evidence: SIMULATED)")
    state, left = cutover(root, world, folder, Teller(world, fault), kills)
    lines = differences(before, world.snapshot())
    topic, mails = world.messages()
    say(f"  ended {state} after {time.time() - begun:.0f} s; {topic} messages to the topic, {mails} mails; "
        f"{world.figures.count} requests of users, {world.figures.failed} failed")
    if kills:
        say(f"  killed {kills - left} times" + (f": it ended before the other {left}" if left else ""))
    say(f"  the API's state differs in {len(lines)} fields" + (":" if lines else ""))
    for line in lines:
        say(line)
    good = state == expected and topic > 0 and mails > 0 and (bool(lines) != fault) and (fault or world.figures.failed == 0)
    if keep or not good:
        say(f"  kept: {folder}")
    else:
        shutil.rmtree(folder)
    return good


def main():
    options = argparse.ArgumentParser()
    options.add_argument("root", type=pathlib.Path)
    options.add_argument("--keep", action="store_true")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--kills", type=int, default=0, help="how often the orchestrator is killed in each run")
    options.add_argument("--only", choices=["good", "bad"])
    options.add_argument("--prepare", type=pathlib.Path, help="only builds the world, and writes its plan into this folder")
    chosen = options.parse_args()
    if chosen.prepare:
        World().plan(chosen.prepare)
        return
    random.seed(chosen.seed)
    if chosen.only:
        fault = chosen.only == "bad"
        sys.exit(0 if once(chosen.root, "ROLLED_BACK" if fault else "COMPLETED", fault, chosen.keep, chosen.kills) else 1)
    # each in a process of its own: a world ends with it
    again = [sys.executable, __file__, *sys.argv[1:], "--only"]
    good = all([subprocess.run([*again, which]).returncode == 0 for which in ("good", "bad")])
    say(("all of it held" if good else "NOT all of it held") + (f", seed {chosen.seed}" if chosen.kills else ""))
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    main()
