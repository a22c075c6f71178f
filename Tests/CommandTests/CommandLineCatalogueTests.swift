import Ground
import LDAP
import Testing

@testable import lockstep

struct CommandLineCatalogueTests {
    @Test func `every command is described once`() {
        #expect(CommandDescription.all.map(\.name).count == CommandName.allCases.count)
        #expect(Set(CommandDescription.all.map(\.name)) == Set(CommandName.allCases))
    }

    @Test(arguments: CommandDescription.all.map(\.name))
    func `no option is described twice or hides a global one`(name: CommandName) {
        let command = CommandDescription.all.first { $0.name == name }
        let options = (command?.options ?? []) + OptionDescription.global
        #expect(Set(options.map(\.name)).count == options.count)
        #expect(Set(options.compactMap(\.short)).count == options.compactMap(\.short).count)
    }

    @Test(arguments: CommandDescription.all.map(\.name))
    func `rules speak of operands that the command has`(name: CommandName) {
        guard let command = CommandDescription.all.first(where: { $0.name == name }) else { return }
        let options = Set((command.options + OptionDescription.global).map(\.name))
        let arguments = Set(command.arguments.map(\.name))
        for operand in command.rules.flatMap(operands) {
            switch operand {
            case .option(let option): #expect(options.contains(option))
            case .argument(let argument): #expect(arguments.contains(argument))
            }
        }
    }

    private func operands(_ rule: Rule) -> [Rule.Operand] {
        switch rule {
        case .implied(let what, let cause): [.option(what), .option(cause)]
        case .needs(let first, let second), .conflict(let first, let second),
            .valueNeeds(let first, value: _, let second),
            .onlyWith(let first, let second, values: _):
            [first, second]
        }
    }

    @Test(arguments: Catalogue.built.shown.map(\.name))
    func `examples are lines that the parser takes`(name: CommandName) throws {
        let command = Catalogue.built.command(name.words)
        for example in command?.examples ?? [] {
            let words = shellWords(example.line)
            #expect(words.first == "lockstep")
            _ = try Parser.parse(Array(words.dropFirst()), now: .init(seconds: 0))
        }
    }

    /// Of the lines in the examples: quotes, and what is the shell's own.
    private func shellWords(_ line: String) -> [String] {
        var words: [String] = []
        for (index, part) in line.split(separator: "'", omittingEmptySubsequences: false)
            .enumerated()
        {
            if index % 2 == 1 {
                words.append(String(part))
            } else {
                words += part.split(separator: " ").map(String.init)
            }
        }
        if words.first == "source" { words = ["lockstep"] + words.dropFirst(2) }
        words = words.map { $0.hasSuffix(")") ? String($0.dropLast()) : $0 }
        return Array(words.prefix { $0 != "|" && $0 != ">" })
    }

    @Test(arguments: Catalogue.built.shown.map(\.name))
    func `help speaks of no command of a later release`(name: CommandName) throws {
        let command = try #require(Catalogue.built.command(name.words))
        let text = HelpPage.text(.command(command), width: 100)
        for planned in CommandDescription.all where planned.standing == .planned {
            #expect(!text.contains("lockstep \(planned.name.rawValue)"))
            #expect(!text.contains("'\(planned.name.rawValue)'"))
        }
    }
}
