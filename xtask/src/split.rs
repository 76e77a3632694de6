//! One binary becomes two: what every page runs, and what is fetched once there may be neighbours to speak with.
//!
//! Where the line runs is found in the calls. `is_gate` names functions that the engine does not call before the second
//! binary is there; whatever is reached through them alone goes with them. In the first binary stands in place of each
//! gate a call through the table, at a slot that is empty until the second comes: it takes memory, table, globals and
//! functions from the first's exports, and puts the gates in their slots. Calling one too early is a trap, which every
//! case without neighbours would meet.

use std::collections::{BTreeSet, HashMap};

use walrus::ir::{self, Visitor};
use walrus::{
    ConstExpr, ElementItems, ElementKind, ExportItem, FunctionBuilder, FunctionId, FunctionKind, GlobalKind,
    ImportedFunction, Module, ModuleConfig, TableId,
};

use crate::run::Outcome;

/// Instructions of which a gate has at least so many. The compiler makes one of functions that are alike, under either's
/// name: what is called as a gate could be another's, too, while it is short enough to be alike by chance.
const DISTINCT: u64 = 40;

/// What the second imports everything from.
const FIRST: &str = "sprat";

/// The two halves.
pub(crate) struct Halves {
    pub(crate) first: Vec<u8>,
    pub(crate) second: Vec<u8>,
}

/// Where the line runs, by positions among the functions: those of two readings of one binary are the same.
struct Line {
    /// Gates that the first calls, or has in its table.
    gates: Vec<usize>,
    /// What stays, and the second calls.
    lent: Vec<usize>,
}

/// Splits a binary whose functions have names.
pub(crate) fn split(wasm: &[u8], is_gate: impl Fn(&str) -> bool) -> Outcome<Halves> {
    let read =
        || ModuleConfig::new().generate_producers_section(false).parse(wasm).map_err(|e| format!("{e:#}"));
    let (mut first, mut second) = (read()?, read()?);
    let line = draw(&first, is_gate);
    if line.gates.is_empty() {
        return Err("nothing to split: no function has the name of a gate".to_owned());
    }
    let table = table_of(&first)?;
    let slots = first.tables.get(table).initial;
    stand_in(&mut first, table, slots, &line);
    cut_down(&mut second, slots, &line)?;
    for half in [&mut first, &mut second] {
        walrus::passes::gc::run(half);
    }
    Ok(Halves { first: first.emit_wasm(), second: second.emit_wasm() })
}

fn draw(module: &Module, is_gate: impl Fn(&str) -> bool) -> Line {
    let ids: Vec<FunctionId> = module.funcs.iter().map(walrus::Function::id).collect();
    let position: HashMap<FunctionId, usize> = ids.iter().enumerate().map(|(at, &id)| (id, at)).collect();
    let local = |at: usize| matches!(module.funcs.get(ids[at]).kind, FunctionKind::Local(_));
    let is_long = |function: &walrus::Function| match &function.kind {
        FunctionKind::Local(of) => of.size() >= DISTINCT,
        _ => false,
    };
    let gate: Vec<bool> =
        module.funcs.iter().map(|f| is_long(f) && f.name.as_deref().is_some_and(&is_gate)).collect();
    let calls: Vec<Vec<usize>> = ids.iter().map(|&id| calls_of(module, id, &position)).collect();
    let mut kept = BTreeSet::new();
    let mut gates = BTreeSet::new();
    let mut pending: Vec<usize> = roots(module).iter().map(|id| position[id]).collect();
    while let Some(at) = pending.pop() {
        if gate[at] {
            gates.insert(at);
        } else if kept.insert(at) {
            pending.extend(&calls[at]);
        }
    }
    let gone: BTreeSet<usize> = (0..ids.len()).filter(|&at| local(at) && !kept.contains(&at)).collect();
    let lent: BTreeSet<usize> =
        gone.iter().flat_map(|&at| &calls[at]).copied().filter(|at| !gone.contains(at)).collect();
    Line { gates: gates.into_iter().collect(), lent: lent.into_iter().collect() }
}

/// What can be called from outside, or through the table.
fn roots(module: &Module) -> Vec<FunctionId> {
    let mut roots: Vec<FunctionId> = module.start.into_iter().collect();
    roots.extend(module.exports.iter().filter_map(|export| match export.item {
        ExportItem::Function(id) => Some(id),
        _ => None,
    }));
    for element in module.elements.iter() {
        match &element.items {
            ElementItems::Functions(functions) => roots.extend(functions),
            ElementItems::Expressions(_, items) => roots.extend(items.iter().filter_map(|item| match item {
                ConstExpr::RefFunc(id) => Some(*id),
                _ => None,
            })),
        }
    }
    roots
}

fn calls_of(module: &Module, id: FunctionId, position: &HashMap<FunctionId, usize>) -> Vec<usize> {
    struct Calls<'a>(BTreeSet<usize>, &'a HashMap<FunctionId, usize>);
    impl<'instr> Visitor<'instr> for Calls<'_> {
        fn visit_function_id(&mut self, id: &FunctionId) {
            self.0.insert(self.1[id]);
        }
    }
    let mut calls = Calls(BTreeSet::new(), position);
    if let FunctionKind::Local(function) = &module.funcs.get(id).kind {
        ir::dfs_in_order(&mut calls, function, function.entry_block());
    }
    calls.0.into_iter().collect()
}

/// The one table of functions.
fn table_of(module: &Module) -> Outcome<TableId> {
    module
        .tables
        .main_function_table()
        .map_err(|e| format!("{e:#}"))?
        .ok_or_else(|| "no table of functions".to_owned())
}

/// Calls through the table instead of the gates, and exports for what the second half takes.
fn stand_in(module: &mut Module, table: TableId, slots: u64, line: &Line) {
    let ids: Vec<FunctionId> = module.funcs.iter().map(walrus::Function::id).collect();
    for (slot, &at) in line.gates.iter().enumerate() {
        let ty = module.funcs.get(ids[at]).ty();
        let (params, results) = (module.types.params(ty).to_vec(), module.types.results(ty).to_vec());
        let arguments: Vec<_> = params.iter().map(|&ty| module.locals.add(ty)).collect();
        let mut stand_in = FunctionBuilder::new(&mut module.types, &params, &results);
        let mut body = stand_in.func_body();
        for &argument in &arguments {
            body.local_get(argument);
        }
        body.i32_const((slots as usize + slot) as i32).call_indirect(ty, table);
        module.funcs.get_mut(ids[at]).kind = FunctionKind::Local(stand_in.local_func(arguments));
    }
    widen(module, table, line);
    for (name, item) in lent(module, &line.lent) {
        module.exports.add(&name, item);
    }
}

/// What the first half lends to the second, under the names that both use.
fn lent(module: &Module, functions: &[usize]) -> Vec<(String, ExportItem)> {
    let ids: Vec<FunctionId> = module.funcs.iter().map(walrus::Function::id).collect();
    let functions = functions.iter().map(|&at| ExportItem::Function(ids[at]));
    let globals = module.globals.iter().map(|global| ExportItem::Global(global.id()));
    let tables = module.tables.iter().map(|table| ExportItem::Table(table.id()));
    let memories = module.memories.iter().map(|memory| ExportItem::Memory(memory.id()));
    // No name of the bindings begins with a figure.
    memories
        .chain(tables)
        .chain(globals)
        .chain(functions)
        .enumerate()
        .map(|(n, item)| (short(n), item))
        .collect()
}

fn short(mut number: usize) -> String {
    let mut name = String::new();
    loop {
        name.insert(0, char::from_digit((number % 36) as u32, 36).unwrap_or('_'));
        number /= 36;
        if number == 0 {
            return if name.starts_with(|c: char| c.is_ascii_digit()) { name } else { format!("0{name}") };
        }
    }
}

/// Leaves the second half: what goes, with everything else taken from the first.
fn cut_down(module: &mut Module, slots: u64, line: &Line) -> Outcome {
    let table = table_of(module)?;
    let ids: Vec<FunctionId> = module.funcs.iter().map(walrus::Function::id).collect();
    let takes = lent(module, &line.lent);
    module.start = None;
    for id in module.exports.iter().map(walrus::Export::id).collect::<Vec<_>>() {
        module.exports.delete(id);
    }
    for id in module.data.iter().map(walrus::Data::id).collect::<Vec<_>>() {
        module.data.delete(id);
    }
    for id in module.elements.iter().map(walrus::Element::id).collect::<Vec<_>>() {
        module.elements.delete(id);
    }
    for (name, item) in takes {
        match item {
            ExportItem::Function(id) => {
                let ty = module.funcs.get(id).ty();
                if let FunctionKind::Import(of_the_page) = &module.funcs.get(id).kind {
                    module.imports.delete(of_the_page.import);
                }
                let import = module.imports.add(FIRST, &name, id);
                module.funcs.get_mut(id).kind = FunctionKind::Import(ImportedFunction { import, ty });
            }
            ExportItem::Global(id) => {
                let import = module.imports.add(FIRST, &name, id);
                module.globals.get_mut(id).kind = GlobalKind::Import(import);
            }
            ExportItem::Table(id) => {
                let import = module.imports.add(FIRST, &name, id);
                let table = module.tables.get_mut(id);
                table.import = Some(import);
                table.elem_segments.clear();
            }
            ExportItem::Memory(id) => {
                let import = module.imports.add(FIRST, &name, id);
                let memory = module.memories.get_mut(id);
                memory.import = Some(import);
                memory.data_segments.clear();
            }
            ExportItem::Tag(_) => {}
        }
    }
    widen(module, table, line);
    let offset = ConstExpr::Value(ir::Value::I32(slots as i32));
    let gates = line.gates.iter().map(|&at| ids[at]).collect();
    let element = module.elements.add(ElementKind::Active { table, offset }, ElementItems::Functions(gates));
    module.tables.get_mut(table).elem_segments.insert(element);
    Ok(())
}

/// A slot for each gate.
fn widen(module: &mut Module, table: TableId, line: &Line) {
    let table = module.tables.get_mut(table);
    table.initial += line.gates.len() as u64;
    table.maximum = table.maximum.map(|most| most.max(table.initial));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::run::quiet;
    use walrus::{ImportId, ValType};

    /// Says what the first half answers alone, what both do, and what the second took from the first besides.
    const RUN: &str = "const [first, second] = process.argv.slice(1).map(hex => Buffer.from(hex, 'hex'));\
        const page = { page: { seven: () => 7 } };\
        WebAssembly.instantiate(first, page).then(async ({ instance: { exports } }) => {\
            let alone; try { alone = exports.ask(1) } catch (error) { alone = error.constructor.name }\
            await WebAssembly.instantiate(second, { sprat: exports });\
            console.log(exports.near(1), alone, exports.ask(1))\
        })";

    /// `ask` calls `far::gate`, which calls `near` and the page's `seven`; `near` adds ten, `gate` a hundred.
    fn module(adds: i32) -> Vec<u8> {
        let mut module = Module::default();
        let seven_type = module.types.add(&[], &[ValType::I32]);
        let (seven, _): (FunctionId, ImportId) = module.add_import_func("page", "seven", seven_type);
        let mut function =
            |name: &str, calls: &[FunctionId], adds: i32, takes_one: &dyn Fn(FunctionId) -> bool| {
                let mut function = FunctionBuilder::new(&mut module.types, &[ValType::I32], &[ValType::I32]);
                function.name(name.to_owned());
                let argument = module.locals.add(ValType::I32);
                let mut body = function.func_body();
                body.local_get(argument);
                for _ in 0..adds {
                    body.i32_const(1).binop(ir::BinaryOp::I32Add);
                }
                for &call in calls {
                    if takes_one(call) {
                        body.call(call);
                    } else {
                        body.call(call).binop(ir::BinaryOp::I32Add);
                    }
                }
                function.finish(vec![argument], &mut module.funcs)
            };
        let near = function("near", &[], 10, &|_| true);
        let gate = function("far::gate", &[near, seven], adds, &|call| call == near);
        let ask = function("ask", &[gate], 0, &|_| true);
        module.exports.add("near", near);
        module.exports.add("ask", ask);
        let table = module.tables.add_local(false, 1, Some(1), walrus::RefType::FUNCREF);
        let offset = ConstExpr::Value(ir::Value::I32(0));
        let items = ElementItems::Functions(vec![near]);
        let element = module.elements.add(ElementKind::Active { table, offset }, items);
        module.tables.get_mut(table).elem_segments.insert(element);
        module.emit_wasm()
    }

    #[test]
    fn what_is_behind_a_gate_traps_until_the_second_half_is_there() {
        let halves = split(&module(100), |name| name.starts_with("far::")).unwrap();
        let hex = |wasm: &[u8]| wasm.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
        let mut node = std::process::Command::new("node");
        let said =
            quiet(node.args(["--eval", RUN, "--", &hex(&halves.first), &hex(&halves.second)])).unwrap();
        assert_eq!(said.trim(), "11 RuntimeError 118");
        assert!(halves.first.len() < module(100).len());
    }

    #[test]
    fn a_short_function_is_no_gate_and_without_gates_there_is_nothing_to_split() {
        let far = |name: &str| name.starts_with("far::");
        assert!(split(&module(10), far).is_err());
        assert!(split(&module(100), |_| false).is_err());
    }
}
