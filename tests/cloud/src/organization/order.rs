//! The order of a listing that is not by account id: another one every day, the same within a day.

use std::sync::{Arc, Mutex, PoisonError};

use super::User;

/// The latest such order, kept: a listing of a million people asks for it ten thousand times.
#[derive(Debug, Default)]
pub struct Order(Mutex<Option<(u64, Arc<Vec<u32>>)>>);

impl Clone for Order {
    /// A copy has nothing kept yet.
    fn clone(&self) -> Self {
        Order::default()
    }
}

impl Order {
    /// The positions of all users in the order of a day.
    pub fn of_day(&self, day: u64, users: &[User]) -> Arc<Vec<u32>> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((of, order)) = kept.as_ref()
            && *of == day
        {
            return Arc::clone(order);
        }
        let mut order: Vec<(u64, u32)> = users
            .iter()
            .zip(0..)
            .map(|(user, at)| (shuffled(day, &user.account_id), at))
            .collect();
        order.sort_unstable();
        let order: Arc<Vec<u32>> = Arc::new(order.into_iter().map(|(_, at)| at).collect());
        *kept = Some((day, Arc::clone(&order)));
        order
    }

    /// Forgets what is kept, since people came or went.
    pub fn forget(&mut self) {
        *self = Order::default();
    }
}

/// Where an account stands on a day.
pub fn shuffled(day: u64, account_id: &str) -> u64 {
    let start = 0xCBF2_9CE4_8422_2325 ^ day.wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let mixed = account_id.bytes().fold(start, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3)
    });
    mixed ^ (mixed >> 29)
}
