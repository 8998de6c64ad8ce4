//! Serves the simulated cloud on the loopback interface.

use clap::{Parser, ValueEnum};
use cloud::faults::Faults;
use cloud::limits::{Latency, Limits};
use cloud::switches::Switches;
use cloud::{Clock, Cloud, Options, Time};
use serde_json::json;
use tokio::net::TcpListener;

/// Atlassian Cloud and the Forge services, simulated.
#[derive(Parser)]
#[command(version)]
struct Arguments {
    /// Port on 127.0.0.1; 0 takes a free one.
    #[arg(long, default_value_t = 0)]
    port: u16,
    /// What the organization is drawn from.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Number of Atlassian accounts.
    #[arg(long, default_value_t = 2_000)]
    users: usize,
    /// Number of sites.
    #[arg(long, default_value_t = 2)]
    sites: usize,
    /// Number of user directories.
    #[arg(long, default_value_t = 1)]
    directories: usize,
    /// The time at the start (RFC 3339), from which the clock runs on; without it, the machine's time.
    #[arg(long)]
    now: Option<Time>,
    /// The clock stands still but for the time that calls take and the delays of queued events: nothing sleeps. Callers say
    /// in `x-simulated-now` (milliseconds since 1970) when they call, and read there in the answer what the time is then.
    #[arg(long)]
    virtual_clock: bool,
    /// How long calls take: `standard`, `off`, or the milliseconds of an API call.
    #[arg(long, default_value = "standard", value_parser = latency)]
    latency: Latency,
    /// How many calls a minute are allowed.
    #[arg(long, value_enum, default_value_t = Setting::Standard)]
    limits: Setting,
    /// Draws the answers to the open questions from this seed; without it, the likeliest answers.
    #[arg(long)]
    switches: Option<u64>,
    /// Draws faults from this seed; without it, nothing goes wrong.
    #[arg(long)]
    faults: Option<u64>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Setting {
    /// The standard conditions.
    Standard,
    /// None.
    Off,
}

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let arguments = Arguments::parse();
    let listener = TcpListener::bind(("127.0.0.1", arguments.port)).await?;
    let url = format!("http://{}", listener.local_addr()?);
    let cloud = Cloud::new(options(&arguments));
    println!("{}", json!({"url": url}));
    cloud::http::serve(listener, cloud).await
}

fn options(arguments: &Arguments) -> Options {
    let clock = match (arguments.virtual_clock, arguments.now) {
        (true, now) => Clock::virtual_at(now.unwrap_or_else(|| Clock::real().now())),
        (false, Some(now)) => Clock::real_from(now),
        (false, None) => Clock::real(),
    };
    let standard = Options::new(arguments.seed, arguments.users, clock);
    Options {
        sites: arguments.sites,
        directories: arguments.directories,
        latency: arguments.latency,
        limits: match arguments.limits {
            Setting::Standard => Limits::default(),
            Setting::Off => Limits::none(),
        },
        switches: arguments
            .switches
            .map_or_else(Switches::default, Switches::from_seed),
        faults: arguments.faults.map_or_else(Faults::default, Faults::some),
        ..standard
    }
}

fn latency(text: &str) -> Result<Latency, String> {
    match text {
        "standard" => Ok(Latency::Standard),
        "off" => Ok(Latency::Off),
        millis => millis
            .parse()
            .map(Latency::Api)
            .map_err(|_| "give standard, off, or a number of milliseconds".to_owned()),
    }
}
