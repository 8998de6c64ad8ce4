//! The HTTP face: the binary, the real sockets, the dispatcher, and a runtime that answers as the Node process does.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use cloud::Time;
use serde_json::{Value, json};

/// The binary under test, ended when the test ends.
struct Served {
    child: Child,
    address: String,
}

impl Drop for Served {
    fn drop(&mut self) {
        // It may have ended by itself; either way there is nothing left to do.
        let ended = self.child.kill().and_then(|()| self.child.wait());
        drop(ended);
    }
}

impl Served {
    fn start(arguments: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_cloud"))
            .args(arguments)
            .stdout(Stdio::piped())
            .spawn()
            .expect("the binary starts");
        let mut line = String::new();
        BufReader::new(child.stdout.take().expect("piped"))
            .read_line(&mut line)
            .expect("one line");
        let announced: Value = serde_json::from_str(&line).expect("JSON");
        let url = announced["url"].as_str().expect("a url");
        Served {
            address: url.trim_start_matches("http://").to_owned(),
            child,
        }
    }

    /// Status and body; nothing when the connection was cut.
    fn send(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &str,
    ) -> Option<(u16, Value)> {
        let mut stream = TcpStream::connect(&self.address).expect("it listens");
        let mut request = format!(
            "{method} {path} HTTP/1.1\r\nhost: cloud\r\nconnection: close\r\ncontent-length: {}\r\n",
            body.len()
        );
        for (name, value) in headers {
            request.push_str(&format!("{name}: {value}\r\n"));
        }
        let sent = write!(stream, "{request}\r\n{body}");
        sent.expect("the request is sent");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).ok()?;
        let (head, body) = answer.split_once("\r\n\r\n")?;
        let status = head.split(' ').nth(1)?.parse().ok()?;
        Some((status, serde_json::from_str(body).unwrap_or_default()))
    }

    fn post(&self, path: &str, body: &Value) -> (u16, Value) {
        let headers = [("content-type", "application/json")];
        let answer = self.send("POST", path, &headers, &body.to_string());
        answer.expect("an answer")
    }

    fn get(&self, path: &str) -> Value {
        self.send("GET", path, &[], "").expect("an answer").1
    }
}

/// A runtime on a socket: records what it is asked and answers by the function.
struct Runtime {
    url: String,
    asked: Arc<Mutex<Vec<Value>>>,
}

impl Runtime {
    fn start(answer: fn(&Value, usize) -> (u16, Value)) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let url = format!("http://{}", listener.local_addr().expect("bound"));
        let asked: Arc<Mutex<Vec<Value>>> = Arc::default();
        let record = Arc::clone(&asked);
        std::thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let record = Arc::clone(&record);
                std::thread::spawn(move || serve_one(stream, &record, answer));
            }
        });
        Runtime { url, asked }
    }

    fn asked(&self) -> Vec<Value> {
        self.asked.lock().expect("no test panicked").clone()
    }

    /// Waits until it was asked so many times.
    fn wait_for(&self, count: usize) -> Vec<Value> {
        let started = Instant::now();
        while self.asked().len() < count {
            assert!(
                started.elapsed() < Duration::from_secs(10),
                "{:?}",
                self.asked()
            );
            std::thread::sleep(Duration::from_millis(10));
        }
        self.asked()
    }
}

fn serve_one(
    stream: TcpStream,
    record: &Mutex<Vec<Value>>,
    answer: fn(&Value, usize) -> (u16, Value),
) {
    let mut reader = BufReader::new(stream);
    let mut length = 0;
    loop {
        let mut line = String::new();
        let read = reader.read_line(&mut line).expect("a request");
        if read == 0 || line == "\r\n" {
            break;
        }
        if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().expect("a number");
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).expect("a body");
    let asked: Value = serde_json::from_slice(&body).expect("JSON");
    let earlier = {
        let mut record = record.lock().expect("no test panicked");
        record.push(asked.clone());
        record.len() - 1
    };
    let (status, body) = answer(&asked, earlier);
    let body = body.to_string();
    let sent = write!(
        reader.get_mut(),
        "HTTP/1.1 {status} X\r\nconnection: close\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    );
    sent.expect("the answer is sent");
}

/// The app, whose consumer may run so many seconds.
fn manifest(seconds: u32) -> Value {
    json!({
        "permissions": {"scopes": ["storage:app", "read:jira-work"]},
        "modules": {
            "function": [
                {"key": "tick", "handler": "index.tick"},
                {"key": "work", "handler": "index.work", "timeoutSeconds": seconds},
                {"key": "resolver", "handler": "index.resolver"},
            ],
            "scheduledTrigger": [{"key": "every-five", "function": "tick", "interval": "fiveMinute"}],
            "consumer": [{"key": "work-consumer", "queue": "work", "function": "work"}],
            "jira:adminPage": [{"key": "admin", "resolver": {"function": "resolver"}}],
        },
    })
}

fn quick() -> Served {
    Served::start(&[
        "--users",
        "60",
        "--latency",
        "off",
        "--now",
        "2026-11-21T06:00:00Z",
    ])
}

fn install(served: &Served, runtime: &Runtime, seconds: u32) {
    let body = json!({"manifest": manifest(seconds), "runtimeUrl": runtime.url});
    assert_eq!(served.post("/control/install", &body).0, 200);
}

fn push(served: &Served) {
    let body = json!({"queueName": "work", "jobId": "job", "payload": [{"body": {"a": 1}}]});
    assert_eq!(served.post("/forge/queue/publish", &body).0, 201);
}

#[test]
fn the_services_answer_over_sockets() {
    let served = quick();
    let people = served.get("/control/people");
    let owner = people["orgAdmins"][0].as_str().expect("an id").to_owned();
    let (_, key) = served.post(
        "/control/keys",
        &json!({"kind": "without-scopes", "owner": owner}),
    );
    let bearer = format!("Bearer {}", key["apiKey"].as_str().expect("a key"));
    let headers = [
        ("authorization", bearer.as_str()),
        ("content-type", "application/json"),
    ];
    let path = format!(
        "/api.atlassian.com/admin/v2/orgs/{}/directories/-/users/search",
        key["organizationId"].as_str().expect("an id")
    );
    let (status, page) = served
        .send("POST", &path, &headers, "{\"limit\":100}")
        .expect("an answer");
    assert_eq!(
        (status, page["data"].as_array().map(Vec::len)),
        (200, Some(60))
    );
    assert_eq!(
        served
            .send("GET", "/api.atlassian.com/admin/v1/orgs", &[], "")
            .expect("an answer")
            .0,
        401
    );
    assert_eq!(
        served.get("/control/users")["data"]
            .as_array()
            .map(Vec::len),
        Some(60)
    );

    served.post("/control/install", &json!({"manifest": manifest(60)}));
    let target = "/jira/rest/api/3/mypermissions?permissions=ADMINISTER";
    let caller = format!("user:{owner}");
    let (_, body) = served
        .send(
            "GET",
            target,
            &[("x-simulated-caller", caller.as_str())],
            "",
        )
        .expect("an answer");
    assert_eq!(body["permissions"]["ADMINISTER"]["havePermission"], true);
    assert_eq!(
        served.send("GET", target, &[], "").expect("an answer").0,
        400
    );

    assert_eq!(
        served
            .post(
                "/forge/storage/api/v1/set",
                &json!({"key": "k", "value": 1})
            )
            .0,
        204
    );
    assert_eq!(
        served.get("/control/storage")["plain"],
        json!([{"key": "k", "value": 1}])
    );
    assert_eq!(served.get("/control/meter")["calls"]["storage.set"], 1);
}

#[test]
fn mail_is_read_by_the_driver() {
    let served = quick();
    let manifest = json!({"permissions": {"scopes": ["write:jira-work"]}});
    served.post("/control/install", &json!({"manifest": manifest}));
    let person = served.get("/control/people")["ordinary"][0].clone();
    let issue = json!({"project": "OPS", "summary": "Seats"});
    let (_, made) = served.post("/control/issue", &issue);
    let path = format!(
        "/jira/rest/api/3/issue/{}/notify",
        made["key"].as_str().expect("a key")
    );
    let body = json!({"subject": "S", "textBody": "T", "to": {"users": [{"accountId": person}]}});
    let headers = [
        ("content-type", "application/json"),
        ("x-simulated-caller", "app"),
    ];
    // Not everybody has Jira.
    served.post("/control/switches", &json!({"mailWithoutBrowse": true}));
    let send = |on: bool| {
        served.post("/control/mail", &json!({ "on": on }));
        let answer = served.send("POST", &path, &headers, &body.to_string());
        answer.expect("an answer").0
    };
    assert_eq!((send(false), send(true)), (403, 204));
    let inbox = served.get("/control/inbox")["data"].clone();
    assert_eq!(inbox.as_array().map(Vec::len), Some(1));
    assert_eq!(
        (&inbox[0]["accountId"], &inbox[0]["answerLost"]),
        (&person, &json!(false))
    );
    let found = |number: u32| {
        let answer = served.send("GET", &format!("/control/inbox/{number}"), &[], "");
        answer.expect("an answer").0
    };
    assert_eq!((found(0), found(1), found(2)), (404, 200, 404));
}

/// The mutation that `@forge/api` sends for the URL of a web trigger.
const ASKS_FOR_URL: &str =
    "mutation { createWebTriggerUrl(input: $input, forceCreate: $forceCreate) { url } }";

#[test]
fn anybody_reaches_a_web_trigger_at_its_url() {
    let served = quick();
    let runtime = Runtime::start(|asked, _| match asked["payload"]["method"].as_str() {
        Some("GET") => (200, json!({"result": {"outputKey": "ask"}})),
        Some("POST") => (200, json!({"result": {"outputKey": "undeclared"}})),
        _ => (500, json!({"error": {"message": "no"}})),
    });
    let output = json!({"key": "ask", "statusCode": 200, "contentType": "text/html", "body": "7"});
    let response = json!({"type": "static", "outputs": [output]});
    let mut manifest = manifest(60);
    manifest["modules"]["webtrigger"] =
        json!([{"key": "link", "function": "resolver", "response": response}]);
    let body = json!({"manifest": manifest, "runtimeUrl": runtime.url});
    assert_eq!(served.post("/control/install", &body).0, 200);
    let asks = json!({"query": ASKS_FOR_URL, "variables": {"input": {"triggerKey": "link"}}});
    let (_, made) = served.post("/forge/graphql", &asks);
    let url = made["data"]["createWebTriggerUrl"]["url"].as_str();
    let path = url
        .and_then(|url| url.split_once(&served.address))
        .expect("its own")
        .1;
    for (method, path, expected) in [
        ("GET", format!("{path}?t=a"), (200, json!(7))),
        ("HEAD", format!("{path}?t=a"), (200, Value::Null)),
        (
            "POST",
            path.to_owned(),
            (
                500,
                json!({"message": "the manifest declares no output \"undeclared\""}),
            ),
        ),
        (
            "PUT",
            path.to_owned(),
            (500, json!({"message": "The function failed."})),
        ),
        ("GET", format!("{path}0"), (404, Value::Null)),
        ("GET", "/x1/".to_owned(), (404, Value::Null)),
    ] {
        let answer = served.send(method, &path, &[], "").expect("an answer");
        assert_eq!(answer, expected, "{method} {path}");
    }
    let asked = runtime.asked();
    let methods: Vec<&Value> = asked.iter().map(|one| &one["payload"]["method"]).collect();
    assert_eq!(methods, ["GET", "GET", "POST", "PUT"]);
    assert_eq!(asked[0]["payload"]["queryParameters"], json!({"t": ["a"]}));
}

#[test]
fn a_lost_answer_is_a_cut_connection() {
    let served = quick();
    let faults = json!({"planned": [{"operation": "orgs.list", "kind": "cutBefore"}]});
    assert_eq!(served.post("/control/faults", &faults).0, 200);
    assert!(
        served
            .send("GET", "/api.atlassian.com/admin/v1/orgs", &[], "")
            .is_none()
    );
    assert_eq!(
        served
            .send("GET", "/api.atlassian.com/admin/v1/orgs", &[], "")
            .expect("an answer")
            .0,
        401
    );
    assert_eq!(
        served.post("/control/faults", &json!({"nonsense": 1})).0,
        422
    );
}

#[test]
fn the_standard_latency_is_waited_for() {
    let served = Served::start(&["--users", "30"]);
    let started = Instant::now();
    served
        .send("GET", "/api.atlassian.com/admin/v1/orgs", &[], "")
        .expect("an answer");
    assert!(started.elapsed() >= Duration::from_millis(250));
}

const MORNING: &str = "2026-11-21T06:00:00Z";

fn still() -> Served {
    Served::start(&["--users", "60", "--now", MORNING, "--virtual-clock"])
}

/// Milliseconds that have passed on the cloud's clock since the morning.
fn passed(served: &Served) -> i64 {
    let clock = served.get("/control/clock");
    let now: cloud::Time = clock["now"].as_str().expect("a time").parse().expect("one");
    (now - MORNING.parse::<cloud::Time>().expect("a time")).num_milliseconds()
}

#[test]
fn a_virtual_clock_is_moved_by_calls_and_by_nothing_else() {
    let served = still();
    assert_eq!(passed(&served), 0);
    let sent = MORNING
        .parse::<cloud::Time>()
        .expect("a time")
        .timestamp_millis()
        .to_string();
    let headers = [("x-simulated-now", sent.as_str())];
    for _ in 0..2 {
        let answer = served.send("GET", "/api.atlassian.com/admin/v1/orgs", &headers, "");
        assert_eq!(answer.expect("an answer").0, 401);
        assert_eq!(passed(&served), 250, "sent together, they take it together");
    }
    served.post("/forge/storage/api/v1/get", &json!({"key": "a"}));
    assert_eq!(
        passed(&served),
        280,
        "without a time of its own, a call is sent now"
    );
    let faults = json!({"planned": [{"operation": "orgs.list", "kind": "timeoutBefore"}]});
    served.post("/control/faults", &faults);
    let answer = served.send("GET", "/api.atlassian.com/admin/v1/orgs", &[], "");
    assert_eq!(
        answer.expect("said at once").0,
        504,
        "who waits for ever is told so"
    );
}

#[test]
fn on_a_virtual_clock_a_delayed_event_is_due_when_nothing_runs() {
    let served = still();
    let runtime = Runtime::start(|_, _| (200, json!({"result": null})));
    install(&served, &runtime, 60);
    let body = json!({
        "queueName": "work", "jobId": "job", "payload": [{"body": {}, "delayInSeconds": 900}],
    });
    let started = Instant::now();
    served.post("/forge/queue/publish", &body);
    runtime.wait_for(1);
    assert!(passed(&served) >= 900_000);
    assert!(started.elapsed() < Duration::from_secs(60));
}

#[test]
fn the_cloud_goes_back_to_a_state_that_was_kept() {
    let served = still();
    let runtime = Runtime::start(|_, _| (200, json!({"result": null})));
    install(&served, &runtime, 60);
    served.post("/control/schedule", &json!({"on": false}));
    assert_eq!(served.post("/control/rewind", &json!({})).0, 409);
    let stored = |key: &str| json!({"key": key, "value": 1});
    served.post("/forge/storage/api/v1/set", &stored("before"));
    assert_eq!(served.post("/control/keep", &json!({})).0, 204);
    let kept = passed(&served);
    for _ in 0..2 {
        served.post("/forge/storage/api/v1/set", &stored("after"));
        served.post("/control/until", &json!({"time": "2026-11-22T06:00:00Z"}));
        assert_eq!(passed(&served), 86_400_000);
        assert_eq!(served.post("/control/rewind", &json!({})).0, 204);
        assert_eq!(passed(&served), kept);
        let plain = &served.get("/control/storage")["plain"];
        assert_eq!(plain, &json!([stored("before")]));
    }
}

#[test]
fn events_reach_the_runtime_and_failures_come_again() {
    let served = quick();
    // Fails, then asks for a retry, then is done.
    let runtime = Runtime::start(|_, earlier| match earlier {
        0 => (500, json!({"error": {"message": "first"}})),
        1 => (
            200,
            json!({"result": {"_retry": true, "retryOptions": {"retryAfter": 1, "retryReason": "WAIT", "retryData": 7}}}),
        ),
        _ => (200, json!({"result": null})),
    });
    install(&served, &runtime, 60);
    push(&served);
    let asked = runtime.wait_for(3);
    assert_eq!(asked[0]["handler"], "index.work");
    assert_eq!(asked[0]["payload"]["body"], json!({"a": 1}));
    assert_eq!(
        asked[0]["payload"]["eventId"],
        asked[2]["payload"]["eventId"]
    );
    assert_eq!(asked[1]["payload"]["retryContext"]["retryCount"], 1);
    assert_eq!(asked[2]["payload"]["retryContext"]["retryData"], 7);
    let started = Instant::now();
    while served.get("/control/queue") != json!({"outstanding": 0, "running": 0}) {
        assert!(started.elapsed() < Duration::from_secs(5));
    }
}

#[test]
fn a_consumer_over_its_time_is_killed_and_called_again() {
    let served = quick();
    let runtime = Runtime::start(|_, earlier| {
        if earlier == 0 {
            std::thread::sleep(Duration::from_secs(20));
        }
        (200, json!({"result": null}))
    });
    install(&served, &runtime, 1);
    push(&served);
    let asked = runtime.wait_for(2);
    assert_eq!(
        asked[1]["payload"]["retryContext"]["retryReason"],
        "FUNCTION_TIME_OUT"
    );
}

#[test]
fn the_driver_fires_triggers_and_calls_resolvers() {
    let served = quick();
    let runtime = Runtime::start(|asked, _| match asked["functionKey"].as_str() {
        Some("resolver") => (
            200,
            json!({"result": asked["context"]["principal"]["accountId"]}),
        ),
        _ => (500, json!({"error": {"message": "no"}})),
    });
    install(&served, &runtime, 60);
    let call = json!({"moduleKey": "admin", "functionKey": "list", "accountId": "me"});
    assert_eq!(
        served.post("/control/invoke", &call),
        (200, json!({"result": "me"}))
    );
    let failed = json!({"error": {"message": "no"}});
    assert_eq!(
        served.post("/control/trigger", &json!({"moduleKey": "every-five"})),
        (500, failed)
    );
    assert_eq!(
        served
            .post("/control/trigger", &json!({"moduleKey": "other"}))
            .0,
        400
    );
    assert_eq!(
        served.get("/control/meter")["invocations"],
        json!({"resolver": 1, "tick": 1})
    );
    // Five minutes later it fires by itself.
    served.post("/control/clock", &json!({"seconds": 300}));
    let asked = runtime.wait_for(3);
    assert_eq!(asked[2]["moduleType"], "scheduledTrigger");
}

#[test]
fn a_driver_sets_limits_and_latency_and_lets_days_pass() {
    let cloud = Served::start(&["--users", "400", "--now", "2026-11-21T06:00:00Z"]);
    let (status, _) = cloud.post("/control/limits", &json!({"adminPerMinute": 7}));
    assert_eq!(status, 200);
    assert_eq!(cloud.get("/control/limits")["adminPerMinute"], 7);
    assert_eq!(cloud.get("/control/limits")["lastActivePerMinute"], 200);
    for latency in [json!("off"), json!("standard"), json!({"api": 3})] {
        let (status, _) = cloud.post("/control/latency", &json!({"latency": latency}));
        assert_eq!(status, 200, "{latency}");
    }
    let before = cloud.get("/control/users");
    let (status, passed) = cloud.post("/control/day", &json!({"seed": 4, "active": 0.5}));
    assert_eq!(status, 200);
    assert!(
        passed["active"].as_u64().is_some_and(|count| count > 100),
        "{passed}"
    );
    assert_ne!(cloud.get("/control/users"), before);
    let now = cloud.get("/control/clock")["now"].to_string();
    assert!(now.contains("2026-11-22T06:00"), "{now}");
    assert_eq!(cloud.post("/control/day", &json!({"nonsense": 1})).0, 422);
}

#[test]
fn a_driver_moves_the_clock() {
    let cloud = quick();
    let read =
        |body: &Value| -> Time { body["now"].as_str().expect("a time").parse().expect("one") };
    let before = read(&cloud.get("/control/clock"));
    let (status, moved) = cloud.post("/control/clock", &json!({"seconds": 7_200}));
    assert_eq!(status, 200);
    for told in [read(&moved), read(&cloud.get("/control/clock"))] {
        // Here it runs like the machine's.
        let passed = (told - before).num_seconds();
        assert!((7_200..7_260).contains(&passed), "{passed}");
    }
    let back = cloud.post("/control/clock", &json!({"seconds": -1}));
    assert_eq!(back.0, 422);
}
