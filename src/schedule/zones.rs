//! Time zones. The core carries no zone database; it asks whoever runs it.

use crate::host::Host;
use crate::model::Time;

/// The zone that everybody knows.
pub const UTC: &str = "UTC";

/// Who knows the time zones.
pub trait Zones {
    /// Seconds that clocks in a zone (an IANA name) are ahead of UTC at an instant; `None` for a zone that is not known.
    fn offset(&self, zone: &str, at: Time) -> Option<i64>;
}

/// The zones that a host knows.
pub struct HostZones<'h, H>(pub &'h H);

impl<H: Host> Zones for HostZones<'_, H> {
    fn offset(&self, zone: &str, at: Time) -> Option<i64> {
        self.0.zone_offset(zone, at)
    }
}
