"""Every figure on a page against the chain, read without index and API.

What a page shows. Components name what they show in the DOM: `data-figures` opens a scope, `data-figure` is one
figure, and a figure's path joins the names from the outside in:

    stat:Pool                                   <Stat name="Pool">, its name without digits or its `figure`
    line:Lock                                   <Line name="Lock">
    table:Open positions/ADDRESS/notional       <Table caption=... id=...>, row's id, column's key
    table:Open positions/head/move-1000         a column's heading, where it has a digit
    chart:Score                                 <LazyChart name="Score">: its label, which ends with the newest values
    title                                       <Figure name="title"> around anything else

`read` (reading.py) lists them with the text that a person sees or hears. A leaf must be expected when it has a digit or
holds a value component (Money, Percent, When, Missing, Grade ...); a plain word may be. A digit or a value component
outside of every named figure is a stray, and fails unless the test excuses exactly that text (`prose`); so does an
excuse without its text.

What the chain says. `Ledger` (ledger.py) reads accounts, `History` (history.py) events of raw transactions, both by
plain RPC and the generated decoders; formulas are the test's own or those of the twin `tests/model` (twin.py), never
those of offchain/chain/pool_figures, offchain/processor or offchain/api. `shown.py` writes numbers as pages do, by its
own code.

    def test_home(frozen: Frozen, screen: Screen) -> None:
        pools = frozen.ledger.all(InsurancePool).values()
        screen.go("/")
        compare(
            screen,
            {
                "stat:In all pools": money(sum(pool.available_balance for pool in pools)),
                "stat:Last claim": ago(frozen.ledger.now, paid_at),        # several texts: the clock runs on a little
            },
            prose=["Five ways, 5 of them"],
        )

The market stands still: `Frozen` (frozen.py) is a home in which the app ran into the crash, served anew without
`market`, `keeper`, `prices` and `monitor`, over the same chain whose driven clock nobody drives. A test may send
transactions (test money), as long as no other figure depends on them. Fixtures are in
tests/web/browser/figures/conftest.py. Making the home takes a minute or two: while you write tests, name a folder that
keeps it by PERCOSEC_FROZEN.

A second market stands at the end of a whole life (story.py; tests/web/browser/figures/story): claims paid whole and in
part, a pool wiped out, and a provider in every state of a position, made in seconds. `watching.open_as` opens a page as
any of them, `Tried` asks the node about the transaction that a page has built.
"""
