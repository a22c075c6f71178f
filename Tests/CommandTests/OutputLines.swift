/// The command lines whose `--json` is held against `schema/output.schema.json`, as they follow each
/// other in a test.
enum OutputLines {
    typealias Case = OutputContract.Case

    static let looks = [
        Case("init", "init"),
        Case("initSample", "init --sample"),
        Case("sync", "sync --dry-run"),
        Case("sync", "sync --dry-run --check", exit: 1),
        Case("sync", "sync"),
        Case("sync", "sync --full --directory hq"),
        Case("credential", "credential add ada --kind card --serial C-1"),
        Case("credentialImport", "credential import cards.csv"),
        Case("certificates", "certificate import ada.pem --credential C-1"),
        Case("find", "find ada"),
        Case("find", "find nobody"),
        Case("show", "show ada"),
        Case("test", "test ada"),
        Case("credentials", "credentials"),
        Case("certificates", "certificates ada"),
        Case("authorities", "authorities"),
        Case("reasons", "reasons"),
        Case("reason", "reasons show left-organization"),
        Case("reason", "reasons show tidy"),
        Case("reasonLDIF", "reasons show left-organization --user ada"),
        Case("requests", "requests"),
        Case("status", "status"),
        Case("audit", "audit"),
        Case("audit", "audit --user ada"),
        Case("auditVerify", "audit verify"),
        Case("check", "store check"), Case("check", "check"),
        Case("storeBackup", "store backup copy.db"),
        Case("storeExport", "store export"),
    ]

    static let changes = [
        Case("process", "lock ada --reason left-organization --dry-run"),
        Case("process", "deactivate ada --reason leave --yes"),
        Case("certificates", "certificates ada"),
        Case("process", "reactivate ada --reason back --yes"),
        Case("process", "reactivate ada --reason back --yes"),
        Case("process", "lock ada --reason left-organization --note n --force --yes"),
        Case("process", "lock ada --reason left-organization --yes"),
        Case("process", "lock ada --reason left-organization --dry-run"),
        Case("show", "show ada"),
        Case("test", "test ada"),
        Case("certificates", "certificates --revoked"),
        Case("report", "report 3"),
        Case("reportPeriod", "report --since 1d"),
        Case("process", "unlock ada --reason error --yes --restore-roles"),
        Case("process", "lock ada --reason misuse --yes"),
        Case("process", "unlock ada --yes"),
        Case("process", "restore-roles ada --yes"),
        Case("processes", "retry"),
        Case("processes", "retry 1"),
        Case("credential", "credential lock C-2 --reason misuse --yes"),
        Case("processes", "lock ben --everywhere --reason misuse --yes"),
        Case("status", "status"),
        Case("storeExport", "store export"),
        Case("audit", "audit"),
    ]

    static let requests = [
        Case("process", "lock ada --reason misuse --yes", exit: 10),
        Case("requests", "requests"),
        Case("report", "report 1"),
        Case("status", "status"),
        Case("process", "withdraw 1"),
        Case("process", "lock ada --reason misuse --yes", exit: 10),
        Case("process", "reject 2 --because no"),
        Case("report", "report 2"),
        Case("process", "lock ada --reason misuse --yes", exit: 10),
        Case("error", "approve 3 --yes", exit: 77),
        Case("error", "lock ada --reason misuse --yes", exit: 65),
    ]

    static let receivers = [
        Case("receivers", "receivers"),
        Case("receiverTest", "receiver test doors --user ada"),
        Case("receiverTest", "receiver test shut", exit: 75),
        Case("error", "receiver test nobody", exit: 65),
        Case("process", "lock ada --reason misuse --yes", exit: 75),
        Case("receivers", "receivers"),
        Case("status", "status"),
        Case("show", "show ada"),
        Case("report", "report 1"),
        Case("storeExport", "store export"),
    ]

    static let approval = Case("process", "approve 3 --yes")

    static let refusals = [
        Case("error", "lock ada --reason nono --yes", exit: 65),
        Case("error", "show ada@example.com", exit: 65),
        Case("error", "show nobody", exit: 67),
        Case("error", "audit --user nobody", exit: 67),
        Case("error", "report 77", exit: 65),
        Case("error", "retry 77", exit: 65),
        Case("error", "approve 77 --yes", exit: 65),
        Case("error", "reject 77 --because no", exit: 65),
        Case("error", "withdraw 77", exit: 65),
        Case("error", "reasons show nono", exit: 65),
        Case("error", "credential add nobody --kind card --serial X", exit: 67),
        Case("error", "credential import missing.csv", exit: 65),
        Case("error", "credential lock X --reason misuse --yes", exit: 65),
        Case("error", "certificate import missing.pem --credential C-1", exit: 65),
        Case("error", "certificate escalate 77 --reason keyCompromise", exit: 65),
        Case("error", "sync --directory nowhere", exit: 65),
        Case("error", "sync --release 77", exit: 65),
        Case("error", "store adopt --because none", exit: 65),
        Case("error", "store backup store.db", exit: 65),
        Case("error", "lock --from ./missing --reason misuse --yes", exit: 65),
        Case("error", "unlock ben --reason error --yes", exit: 65),
    ]

    static let revoked = Case("certificates", "certificates --revoked --since 1d")
    static let escalation = Case(
        "certificate", "certificate escalate SERIAL --reason keyCompromise")

    static let unreachable = [
        Case("error", "lock stranger --reason misuse --yes", exit: 69),
        Case("sync", "sync", exit: 69),
        Case("process", "lock ada --reason misuse --yes", exit: 75),
        Case("error", "test ada", exit: 69),
        Case("show", "show ada"),
        Case("status", "status"),
        Case("report", "report 1"),
        Case("processes", "retry", exit: 75),
    ]

    static let list = Case("processes", "lock --from - --reason misuse --yes", exit: 67)

    static let adoption = Case("storeAdopt", "store adopt --because restored")

    static let all =
        looks + changes + requests + receivers + refusals + unreachable
        + [approval, revoked, escalation, list, adoption]
}
