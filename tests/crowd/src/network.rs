//! Links and what flows over them. A viewer's link up is shared equally between its flows, its link down so that what a
//! slow sender leaves is the others' (max-min: what SCTP and TCP come to between flows of one link); a flow moves no
//! faster than its loss allows (Mathis et al. 1997: 1.22 · MSS / (RTT · √p)). What a slow receiver leaves of a link up is
//! nobody's, so that crowds here have rather less than they would. An event costs as many steps as the receivers of one
//! sender have flows, however large the crowd is. The origin's own limit is looked up once a message.

use std::collections::VecDeque;

/// What flows, in order.
pub(crate) struct Item<T> {
    pub(crate) bytes: u64,
    pub(crate) what: T,
}

pub(crate) struct Flow<T> {
    /// None: the origin.
    pub(crate) from: Option<usize>,
    pub(crate) to: usize,
    queue: VecDeque<Item<T>>,
    /// Bytes of the first that have yet to leave.
    left: f64,
    /// Bytes per µs.
    rate: f64,
    since: u64,
    version: u32,
    /// Bytes per µs.
    most: f64,
    closed: bool,
}

#[derive(Default)]
struct Port {
    down: Vec<usize>,
    up: Vec<usize>,
    /// Bytes per µs.
    down_rate: f64,
    up_rate: f64,
}

/// When the first of a flow will be through, if nothing changes.
pub(crate) type Due = (u64, usize, u32);

pub(crate) struct Network<T> {
    flows: Vec<Flow<T>>,
    free: Vec<usize>,
    ports: Vec<Port>,
    origin_flows: usize,
    /// Bytes per µs; infinite where there is no limit.
    pub(crate) origin_rate: f64,
    pub(crate) due: Vec<Due>,
    /// Of `fill`: the most that each flow into a link may have.
    most: Vec<(f64, usize)>,
}

const MSS: f64 = 1_200.0;
/// Bytes per µs.
pub(crate) fn per_micro(mbit: f64) -> f64 {
    mbit / 8.0
}

impl<T> Network<T> {
    pub(crate) fn new() -> Self {
        let (flows, free, ports, due, most) = (Vec::new(), Vec::new(), Vec::new(), Vec::new(), Vec::new());
        Self { flows, free, ports, origin_flows: 0, origin_rate: f64::INFINITY, due, most }
    }

    pub(crate) fn plug_in(&mut self, down_mbit: f64, up_mbit: f64) {
        let (down_rate, up_rate) = (per_micro(down_mbit), per_micro(up_mbit));
        self.ports.push(Port { down_rate, up_rate, ..Port::default() });
    }

    /// A flow with nothing in it.
    pub(crate) fn open(&mut self, from: Option<usize>, to: usize, rtt_us: u64, loss: f64) -> usize {
        let most =
            if loss > 0.0 { 1.22 * MSS / (rtt_us.max(1_000) as f64 * loss.sqrt()) } else { f64::INFINITY };
        let flow = Flow {
            from,
            to,
            queue: VecDeque::new(),
            left: 0.0,
            rate: 0.0,
            since: 0,
            version: 0,
            most,
            closed: false,
        };
        match self.free.pop() {
            Some(id) => {
                let version = self.flows[id].version + 1;
                self.flows[id] = Flow { version, ..flow };
                id
            }
            None => {
                self.flows.push(flow);
                self.flows.len() - 1
            }
        }
    }

    pub(crate) fn is_idle(&self, id: usize) -> bool {
        self.flows[id].queue.is_empty()
    }

    /// From whom to whom.
    pub(crate) fn ends(&self, id: usize) -> (Option<usize>, usize) {
        (self.flows[id].from, self.flows[id].to)
    }

    /// Bytes that wait.
    pub(crate) fn waiting(&self, id: usize) -> u64 {
        self.flows[id].queue.iter().map(|i| i.bytes).sum()
    }

    /// Time for so much on an idle link up.
    pub(crate) fn quick(&self, from: usize, bytes: u64) -> u64 {
        (bytes as f64 / self.ports[from].up_rate) as u64
    }

    pub(crate) fn push(&mut self, id: usize, item: Item<T>, now: u64) {
        let flow = &mut self.flows[id];
        if flow.closed {
            return;
        }
        flow.queue.push_back(item);
        if flow.queue.len() == 1 {
            self.begin(id, now);
            self.flows[id].rate = 0.0;
            let (from, to) = (self.flows[id].from, self.flows[id].to);
            match from {
                Some(from) => self.ports[from].up.push(id),
                None => self.origin_flows += 1,
            }
            self.ports[to].down.push(id);
            self.share_again(id, now);
        }
    }

    /// The first of a flow is through, if it is as was said.
    pub(crate) fn pop(&mut self, id: usize, version: u32, now: u64) -> Option<Item<T>> {
        let flow = self.flows.get_mut(id)?;
        if flow.version != version || flow.closed {
            return None;
        }
        let item = flow.queue.pop_front()?;
        if flow.queue.is_empty() {
            self.stop(id, now);
        } else {
            self.begin(id, now);
            if self.origin_rate.is_finite() && self.flows[id].from.is_none() {
                self.fill(self.flows[id].to, now);
            }
            self.pace(id, self.flows[id].rate, now);
        }
        Some(item)
    }

    /// Closes a flow; says how much of what was under way had left.
    pub(crate) fn close(&mut self, id: usize, now: u64) -> f64 {
        let flow = &mut self.flows[id];
        if flow.closed {
            return 0.0;
        }
        flow.closed = true;
        let sent = match flow.queue.front() {
            Some(item) => {
                let left = flow.left - flow.rate * (now - flow.since) as f64;
                (item.bytes as f64 - left.max(0.0)).max(0.0)
            }
            None => 0.0,
        };
        let active = !flow.queue.is_empty();
        flow.queue.clear();
        flow.version += 1;
        if active {
            self.stop(id, now);
        }
        self.free.push(id);
        sent
    }

    fn begin(&mut self, id: usize, now: u64) {
        let flow = &mut self.flows[id];
        flow.left = flow.queue.front().map_or(0.0, |i| i.bytes as f64);
        flow.since = now;
    }

    fn stop(&mut self, id: usize, now: u64) {
        let (from, to) = (self.flows[id].from, self.flows[id].to);
        match from {
            Some(from) => self.ports[from].up.retain(|&f| f != id),
            None => self.origin_flows -= 1,
        }
        self.ports[to].down.retain(|&f| f != id);
        self.share_again(id, now);
    }

    fn share_again(&mut self, id: usize, now: u64) {
        let (from, to) = self.ends(id);
        for i in 0..from.map_or(0, |f| self.ports[f].up.len()) {
            let other = self.flows[self.ports[from.unwrap_or_default()].up[i]].to;
            if other != to {
                self.fill(other, now);
            }
        }
        self.fill(to, now);
    }

    /// Shares a link down among its flows.
    fn fill(&mut self, to: usize, now: u64) {
        let mut flows = std::mem::take(&mut self.most);
        flows.clear();
        flows.extend(self.ports[to].down.iter().map(|&id| (self.most(id), id)));
        let mut room = self.ports[to].down_rate;
        if flows.iter().map(|f| f.0).sum::<f64>() > room {
            flows.sort_unstable_by(|a, b| a.0.total_cmp(&b.0));
        } else {
            room = f64::INFINITY;
        }
        for (i, &(most, id)) in flows.iter().enumerate() {
            let rate = most.min(room / (flows.len() - i) as f64).max(1e-6);
            room -= rate;
            let before = self.flows[id].rate;
            if (rate - before).abs() >= before * 1e-9 {
                self.pace(id, rate, now);
            }
        }
        self.most = flows;
    }

    /// What a flow moves at where nothing else comes to its receiver.
    fn most(&self, id: usize) -> f64 {
        let flow = &self.flows[id];
        let up = match flow.from {
            Some(from) => self.ports[from].up_rate / self.ports[from].up.len().max(1) as f64,
            None => self.origin_rate / self.origin_flows.max(1) as f64,
        };
        up.min(flow.most)
    }

    fn pace(&mut self, id: usize, rate: f64, now: u64) {
        let flow = &mut self.flows[id];
        flow.left = (flow.left - flow.rate * (now - flow.since) as f64).max(0.0);
        (flow.rate, flow.since) = (rate, now);
        flow.version += 1;
        self.due.push((now + (flow.left / rate).ceil() as u64, id, flow.version));
    }
}
