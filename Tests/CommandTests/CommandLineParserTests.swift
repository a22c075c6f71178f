import Ground
import Identity
import Store
import Testing

@testable import lockstep

struct CommandLineParserTests {
    private static let now = Timestamp(seconds: 1_800_000_000)

    private func parsed(_ line: String) throws -> ParsedCommand {
        let words = line.split(separator: " ").map(String.init)
        guard case .command(let command) = try Parser.parse(words, now: Self.now) else {
            throw NotACommand(line: line)
        }
        return command
    }

    private struct NotACommand: Error { let line: String }

    private func complaint(_ words: [String]) -> String? {
        do {
            _ = try Parser.parse(words, now: Self.now)
            return nil
        } catch {
            return error.sentence.text
        }
    }

    @Test(arguments: [
        "lock ada --reason left --dry-run --json -c f",
        "--json -c f lock --dry-run --reason=left ada",
        "lock -n --json --config=f ada --reason left", "-cf lock -n ada --reason left --json",
        "lock --reason left -nc f --json -- ada",
    ])
    func `options may stand anywhere, in every spelling`(line: String) throws {
        let command = try parsed(line)
        #expect(command.name == .lock)
        #expect(command.argument(.user) == "ada")
        #expect(command.value(.reason) == "left")
        #expect(command.value(.config) == "f")
        #expect(command.flag(.dryRun) && command.flag(.json))
        #expect(!command.flag(.yes))
    }

    @Test func `short flags are bundled`() throws {
        let command = try parsed("sync -vn")
        #expect(command.flag(.verbose) && command.flag(.dryRun))
    }

    @Test func `two dashes end the options, and one dash is an argument`() throws {
        #expect(try parsed("show -- --json").argument(.user) == "--json")
        #expect(try parsed("show -").argument(.user) == "-")
        #expect(try parsed("lock --from - --yes").value(.from) == "-")
    }

    @Test func `a value that looks like an option is taken behind an equals sign alone`() throws {
        #expect(try parsed("lock ada --note=--yes").value(.note) == "--yes")
        #expect(
            complaint(["lock", "ada", "--note", "--yes"])
                == "--note takes text, but '--yes' follows; write --note=--yes if that is meant."
                + " See 'lockstep help lock'.")
    }

    @Test func `commands of two words are found, and their first words too`() throws {
        #expect(try parsed("audit").name == .audit)
        #expect(try parsed("audit --json verify").name == .auditVerify)
        #expect(try parsed("reasons show left").argument(.code) == "left")
        #expect(try parsed("credential add ada --kind card --serial x").name == .credentialAdd)
    }

    @Test func `values are of the types that their keys say`() throws {
        let add = try parsed("credential add ada --kind softToken --serial 0x1 --state inactive")
        #expect(add.value(.kind) == .softToken)
        #expect(add.value(.credentialState) == .inactive)
        #expect(add.value(.serial) == "0x1")
        let find = try parsed("find ada lov --state locked --limit 7")
        #expect(find.argument(.text) == "ada lov")
        #expect(find.value(.userState) == .locked)
        #expect(find.value(.limit) == 7)
        #expect(try parsed("retry 42").argument(.process) == ProcessID(rawValue: 42))
        #expect(try parsed("sync --wait 5m").value(.wait) == 300)
        let hash = String(repeating: "aB", count: 32)
        let head = try parsed("audit verify --head 12:\(hash)").value(.head)
        #expect(head == AuditHead(sequence: 12, hash: Array(repeating: 0xAB, count: 32)))
    }

    @Test(arguments: [
        ("2026-11-23T14:05:00Z", 1_795_442_700), ("2026-11-23T15:05:00+01:00", 1_795_442_700),
        ("2026-11-23", 1_795_392_000), ("7d", 1_800_000_000 - 604_800), ("90m", 1_799_994_600),
    ])
    func `since takes a time, a date, or how long ago`(text: String, seconds: Int64) throws {
        #expect(try parsed("audit --since \(text)").value(.since) == Timestamp(seconds: seconds))
    }

    @Test(arguments: ["7", "yesterday", "2026-13-01", "2026-02-30", "-7d", "99999999999999999999d"])
    func `what is no time is refused`(text: String) {
        #expect(
            complaint(["audit", "--since=\(text)"])
                == "--since takes a time like 2026-11-23T14:05:00Z, a date, or 7d for seven days"
                + " ago, not '\(text)'. See 'lockstep help audit'.")
    }

    @Test(arguments: [
        ("1a:2b", "1A2B"), ("0x1a2b", "1A2B"), ("a2b", "0A2B"), ("000a2b", "0A2B"), ("0", "00"),
        ("-01", "-01"), ("-0x00a2b", "-0A2B"), ("-0", "00"),
        ("0xffeeddccbbaa99887766554433221100ffeeddcc", "FFEEDDCCBBAA99887766554433221100FFEEDDCC"),
    ])
    func `serials of certificates are normalised`(typed: String, normal: String) {
        #expect(ValueType.serial.parse(typed, now: Self.now) == .text(normal))
    }

    @Test(arguments: ["", "xyz", "0x", "1 2", "１"])
    func `what is no serial is refused`(typed: String) {
        #expect(ValueType.serial.parse(typed, now: Self.now) == nil)
    }

    @Test(arguments: ["-01", "-7FA0", "-A1:B2"])
    func `a negative serial is taken as it is printed, and for no option`(serial: String) throws {
        let command = try parsed("certificate escalate \(serial) --reason keyCompromise")
        #expect(
            command.argument(.certificateSerial) == serial.replacing(":", with: ""))
    }

    @Test func `check implies a dry run`() throws {
        let command = try parsed("sync --check --ldif")
        #expect(command.flag(.dryRun) && command.flag(.check))
    }

    @Test func `help and version win over what is still wrong`() throws {
        for line in ["lock --bogus --help", "lock --force -h", "--help lock", "help lock"] {
            let words = line.split(separator: " ").map(String.init)
            guard case .help(.command(let command)) = try Parser.parse(words, now: Self.now) else {
                Issue.record("no help: \(line)")
                continue
            }
            #expect(command.name == .lock)
        }
        guard case .version = try Parser.parse(["--version"], now: Self.now) else {
            Issue.record("no version")
            return
        }
        #expect(complaint(["show", "--", "--help", "x"]) != nil)
    }

    @Test(arguments: CommandDescription.all.filter { $0.standing == .planned }.map(\.name))
    func `a command of a later release is unknown`(name: CommandName) {
        let sentence = complaint(name.words) ?? ""
        #expect(sentence.hasPrefix("There is no command '"))
        #expect(!HelpPage.text(.overview, width: nil).contains("  \(name.rawValue) "))
    }

    @Test(arguments: Self.complaints)
    func `a wrong line is refused in one sentence`(words: [String], sentence: String) {
        #expect(complaint(words) == sentence)
    }

    private static let complaints: [([String], String)] = [
        ([], "A command is missing. See 'lockstep help'."),
        (["lokc"], "There is no command 'lokc'. Did you mean 'lock'? See 'lockstep help'."),
        (["xyzzy"], "There is no command 'xyzzy'. See 'lockstep help'."),
        (
            ["credential"],
            "'credential' needs one more word: add, import, lock. See 'lockstep help credential'."
        ),
        (
            ["credential", "ad"],
            "There is no command 'credential ad'. Did you mean 'credential add'?"
                + " See 'lockstep help credential'."
        ),
        (
            ["reasons", "shwo"],
            "'shwo' is one word too many. Did you mean 'show'? See 'lockstep help reasons'."
        ),
        (["show", "a", "b"], "'b' is one word too many. See 'lockstep help show'."),
        (["show"], "USER is missing. See 'lockstep help show'."),
        (["show", ""], "USER is empty. See 'lockstep help show'."),
        (
            ["lock", "ada", "--from", "f"],
            "USER and --from exclude each other. See 'lockstep help lock'."
        ),
        (["lock", "ada", "--force"], "--force needs --note. See 'lockstep help lock'."),
        (["lock", "ada", "--ldif"], "--ldif needs --dry-run. See 'lockstep help lock'."),
        (["lock", "ada", "--note="], "--note is empty. See 'lockstep help lock'."),
        (["lock", "ada", "--note"], "--note takes text. See 'lockstep help lock'."),
        (
            ["lock", "ada", "--raeson", "x"],
            "There is no option '--raeson'. Did you mean '--reason'? See 'lockstep help lock'."
        ),
        (
            ["lock", "ada", "--reas", "x"],
            "There is no option '--reas'. Did you mean '--reason'? See 'lockstep help lock'."
        ),
        (["lock", "ada", "-x"], "There is no option '-x'. See 'lockstep help lock'."),
        (["--dry-run", "lock"], "'--dry-run' belongs behind the command. See 'lockstep help'."),
        (["sync", "--json=yes"], "--json takes no value. See 'lockstep help sync'."),
        (["sync", "--json", "--json"], "--json is given twice. See 'lockstep help sync'."),
        (["-c", "a", "sync", "-c", "b"], "--config is given twice. See 'lockstep help sync'."),
        (["sync", "-qv"], "--quiet and --verbose exclude each other. See 'lockstep help sync'."),
        (
            ["find", "x", "--limit", "-5"],
            "--limit takes a whole number from 1 to 1000000, not '-5'. See 'lockstep help find'."
        ),
        (
            ["find", "x", "--limit", "99999999999999999999"],
            "--limit takes a whole number from 1 to 1000000, not '99999999999999999999'."
                + " See 'lockstep help find'."
        ),
        (
            ["find", "x", "--state", "lokced"],
            "--state takes active, inactive or locked, not 'lokced'. Did you mean 'locked'?"
                + " See 'lockstep help find'."
        ),
        (
            ["retry", "-5"],
            "PROCESS takes a whole number from 1 to 9223372036854775807, not '-5'."
                + " See 'lockstep help retry'."
        ),
        (
            ["certificate", "import", "f", "--credential", "c", "--state", "revoked"],
            "--state revoked needs --reason. See 'lockstep help certificate import'."
        ),
        (
            ["certificate", "import", "f", "--credential", "c", "--at", "2026-01-01"],
            "--at needs --state onHold or revoked. See 'lockstep help certificate import'."
        ),
        (
            ["credential", "add", "ada", "--serial", "1"],
            "--kind is missing. See 'lockstep help credential add'."
        ),
        (
            ["\u{1B}[31mx"],
            "There is no command '␛[31mx'. See 'lockstep help'."
        ),
    ]

    @Test func `the shells' own command is understood and shown nowhere`() throws {
        let words = ["-c", "f", "__complete", "users", "--", ""]
        guard case .command(let command) = try Parser.parse(words, now: Self.now) else {
            Issue.record("not understood")
            return
        }
        #expect(command.argument(.kind) == .users)
        #expect(command.argument(.prefix) == "")
        #expect(!HelpPage.text(.overview, width: nil).contains("__complete"))
        #expect(complaint(["help", "__complete"]) != nil)
    }
}
