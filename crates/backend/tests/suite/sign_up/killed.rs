//! The machine loses its power between what a connector says and the guest that is made of it, again and again: nobody is
//! ever half a guest, and whoever was not told to be in goes on where he stood (F01, F11, S115, I1 to I9).

use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::Duration;

use serde_json::{Value, json};

use super::connector::{entry, flow};
use super::{file, filled};
use crate::abroad::LOCAL;
use crate::program::{Caller, Place, Running};
use crate::world::{change, rows};

/// Sign-ups at once.
const PEOPLE: usize = 4;
/// No test waits for longer; that something hangs is told by its end.
const LONG: Duration = Duration::from_secs(30);

/// When the power goes, once the connector was asked about everybody.
#[derive(Clone, Copy, Debug)]
struct Moment {
    /// After so many answers of the connector,
    answers: usize,
    /// and after so many people were told something,
    told: usize,
    /// and this much later: turns of a loop, some nanoseconds each.
    turns: u32,
}

/// From before the first answer to after the last end. A commit takes some milliseconds; the turns end beyond that.
fn moments() -> Vec<Moment> {
    let after = |answers, told, turns| Moment { answers, told, turns };
    let mut moments = vec![after(0, 0, 0), after(1, 0, 0), after(1, 1, 0), after(PEOPLE, 0, 0)];
    moments.extend((11..21).flat_map(|power| [2 << power, 3 << power]).map(|turns| after(PEOPLE, 0, turns)));
    moments.extend((1..=PEOPLE).map(|told| after(PEOPLE, told, 0)));
    moments
}

fn pass(turns: u32) {
    for _ in 0..turns {
        std::hint::spin_loop();
    }
}

/// A connector whose answers a test gives itself.
struct Connector {
    address: String,
    questions: Receiver<TcpStream>,
    /// Whether it answers by itself.
    prompt: Arc<AtomicBool>,
}

impl Connector {
    fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}/", listener.local_addr().unwrap());
        let (asked, questions) = channel();
        let prompt = Arc::new(AtomicBool::new(false));
        let answers = prompt.clone();
        thread::spawn(move || {
            for stream in listener.incoming() {
                let (asked, answers) = (asked.clone(), answers.clone());
                thread::spawn(move || take(stream.unwrap(), &asked, &answers));
            }
        });
        Self { address, questions, prompt }
    }

    fn question(&self) -> TcpStream {
        self.questions.recv_timeout(LONG).expect("the connector is asked")
    }

    fn by_itself(&self, prompt: bool) {
        self.prompt.store(prompt, Ordering::SeqCst);
        // What is left was asked by a server that is gone.
        self.questions.try_iter().for_each(drop);
    }
}

/// Reads a question, to the brace in which our requests end.
fn take(mut stream: TcpStream, asked: &Sender<TcpStream>, answers: &AtomicBool) {
    let mut request = Vec::new();
    while !request.ends_with(b"}") {
        let mut chunk = [0; 1_024];
        match stream.read(&mut chunk) {
            Ok(length) if length > 0 => request.extend_from_slice(&chunk[..length]),
            Ok(_) | Err(_) => return,
        }
    }
    if answers.load(Ordering::SeqCst) {
        answer(stream);
    } else {
        let _ = asked.send(stream);
    }
}

/// Says that it goes on. Whoever asked may be gone.
fn answer(mut stream: TcpStream) {
    let body = r#"{"version":"1.0.0","action":"Continue"}"#;
    let head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nconnection: close\r\ncontent-length";
    let _ = write!(stream, "{head}: {}\r\n\r\n{body}", body.len());
}

/// Somebody who lets himself in.
struct Person {
    address: String,
    caller: Caller,
    /// The form; its revision is old by the time that it is shown again.
    form: Value,
}

impl Person {
    /// Up to the form.
    fn come(origin: &str, address: String) -> Self {
        let mut caller = Caller::new(origin);
        let begin = json!({ "intent": "sign-up", "organization": "contoso", "user_flow": "suppliers" });
        let (_, entry) = caller.post("/api/v1/flows", &begin).unwrap();
        let sent = caller.act(&entry, "continue", &json!({ "email": address })).unwrap();
        let code = caller.code_for(&address).unwrap();
        let consent = caller.act(&sent, "verify", &json!({ "code": code })).unwrap();
        let form = caller.act(&consent, "accept", &json!({})).unwrap();
        assert_eq!(form["step"]["type"], "attributes", "{form}");
        Self { address, caller, form }
    }

    /// Sends the form. Whether an answer came that says that he is in.
    fn send(&mut self) -> bool {
        let next = self.caller.act(&self.form, "continue", &filled());
        next.is_some_and(|next| next["step"]["type"] == "done")
    }

    /// Looks again, at the page that he has, until he is in.
    fn go_on(&mut self) {
        for _ in 0..1_000 {
            let stands = self.caller.act(&self.form, "check", &json!({})).unwrap();
            match stands["step"]["type"].as_str() {
                Some("done") => return,
                Some("checking") => {}
                _ => panic!("{} stands at {stands}", self.address),
            }
        }
        panic!("nobody asks for {} any more", self.address);
    }
}

/// Everybody sends the form at once, and the power goes at this moment. Says of everybody whether he was told to be in.
fn cut(server: Running, connector: &Connector, moment: Moment, people: Vec<Person>) -> Vec<(Person, bool)> {
    let (told, tells) = channel();
    thread::scope(|scope| {
        let begin = |mut person: Person| {
            let told = told.clone();
            scope.spawn(move || {
                let is_in = person.send();
                let _ = told.send(());
                (person, is_in)
            })
        };
        let sent: Vec<_> = people.into_iter().map(begin).collect();
        let mut questions: Vec<TcpStream> = (0..PEOPLE).map(|_| connector.question()).collect();
        questions.drain(..moment.answers).for_each(answer);
        for _ in 0..moment.told {
            tells.recv_timeout(LONG).expect("somebody is told something");
        }
        pass(moment.turns);
        drop(server);
        // Too late.
        questions.into_iter().for_each(answer);
        sent.into_iter().map(|one| one.join().unwrap()).collect()
    })
}

/// Each guest with what belongs to one: identity, consent, what was filled in, the app, what was written down, and the
/// sign-up that is done.
const GUESTS: &str = "SELECT u.address || ' ' || u.state \
    || ' ' || (SELECT COUNT(*) FROM identities i WHERE i.organization = u.organization AND i.user_id = u.id) \
    || ' ' || (SELECT COUNT(*) FROM consents c WHERE c.organization = u.organization AND c.user_id = u.id) \
    || ' ' || (SELECT COUNT(*) FROM user_attributes a WHERE a.organization = u.organization AND a.user_id = u.id) \
    || ' ' || (SELECT COUNT(*) FROM assignments s WHERE s.organization = u.organization AND s.user_id = u.id) \
    || ' ' || (SELECT COUNT(*) FROM audit w WHERE w.action = 'consent.given' AND w.subject = 'user:' || u.id) \
    || ' ' || (SELECT COUNT(*) FROM audit w WHERE w.action = 'guest.signed_up' AND w.subject = 'user:' || u.id) \
    || ' ' || (SELECT COUNT(*) FROM sign_ups d WHERE d.user_id = u.id AND d.state = 'done') \
    FROM users u WHERE u.creation <> 'file' ORDER BY u.address";
/// What is there of somebody who is no guest and no member: nothing may be.
const STRAYS: &str = "SELECT subject FROM identities WHERE user_id NOT IN (SELECT id FROM users) \
    UNION ALL SELECT user_id FROM consents WHERE user_id NOT IN (SELECT id FROM users) \
    UNION ALL SELECT address FROM sign_ups WHERE user_id IS NULL OR user_id NOT IN (SELECT id FROM users) \
    UNION ALL SELECT subject FROM audit WHERE action IN ('guest.signed_up', 'consent.given') \
    AND subject NOT IN (SELECT 'user:' || id FROM users)";

/// The addresses of the guests, each of whom is whole, while no server runs.
fn whole_guests(place: &Place, when: &str) -> Vec<String> {
    assert_eq!(place.works(&["check"]).trim(), "I1 to I9 hold", "{when}");
    let (guests, strays) =
        place.on_data(|store| async move { (rows(&store, GUESTS).await, rows(&store, STRAYS).await) });
    assert_eq!(strays, [""; 0], "{when}");
    let address = |guest: String| {
        let (address, parts) = guest.split_once(' ').unwrap();
        assert_eq!(parts, "accepted 1 1 3 1 1 1 1", "{when}: half a guest: {guest}");
        address.to_owned()
    };
    guests.into_iter().map(address).collect()
}

#[test]
fn p1_f01_f11_s115_a_kill_between_a_connectors_answer_and_the_guest_leaves_nobody_half_in_or_out_for_good() {
    let place = Place::with(LOCAL);
    let connector = Connector::start();
    let contoso = file(&format!("{}{}", flow("before_creation"), entry(&connector.address, "")));
    std::fs::write(place.path("contoso.toml"), contoso).unwrap();
    place.works(&["apply", "contoso.toml"]);
    let mut server = place.serve();
    let mut all = Vec::new();
    for (round, moment) in moments().into_iter().enumerate() {
        let when = format!("{round}: {moment:?}");
        let names = (0..PEOPLE).map(|number| format!("r{round:02}-{number}@supplier.example"));
        let people: Vec<Person> = thread::scope(|scope| {
            let coming: Vec<_> =
                names.map(|name| scope.spawn(|| Person::come(&place.origin, name))).collect();
            coming.into_iter().map(|one| one.join().unwrap()).collect()
        });
        let people = cut(server, &connector, moment, people);
        let guests = whole_guests(&place, &when);
        assert!(all.iter().all(|known| guests.contains(known)), "{when}: a guest is gone");
        // All come from this machine, which may not have so many questions asked.
        place.on_data(|store| async move { change(&store, "DELETE FROM limits").await });
        connector.by_itself(true);
        server = place.serve();
        for (mut person, was_told) in people {
            assert!(!was_told || guests.contains(&person.address), "{when}: was told, and is not there");
            person.go_on();
            let (status, session) = person.caller.get("/api/v1/session").unwrap();
            assert_eq!(
                (status, &session["account"]),
                (200, &json!(person.address)),
                "{when}: and is signed in"
            );
            all.push(person.address);
        }
        connector.by_itself(false);
    }
    drop(server);
    assert_eq!(whole_guests(&place, "in the end"), all, "everybody, once");
    let list = place.works(&["guests", "--organization", "contoso", "list"]);
    assert_eq!(
        list.lines().filter(|line| line.starts_with("accepted") && line.ends_with(" wiki")).count(),
        all.len()
    );
}
