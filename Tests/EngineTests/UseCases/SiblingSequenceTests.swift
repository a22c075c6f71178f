import Fixtures
import Ground
import Identity
import Testing

/// Random sequences of the four use cases, each with the directory up or down: once it is up, the
/// directory is what the last of them says, and nothing that stood there before is lost.
@Suite struct SiblingSequenceTests {
    private struct Generator: RandomNumberGenerator {
        var state: UInt64

        /// Donald Knuth's linear congruential generator (MMIX): the same sequences in each run.
        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state ^ (state >> 33)
        }
    }

    private enum Step: String, CaseIterable {
        case lock
        case deactivate
        case reactivate
        case unlock

        var reason: String {
            switch self {
            case .lock: "left-organization"
            case .deactivate: "holiday"
            case .reactivate: "back"
            case .unlock: "cleared"
            }
        }

        var gives: Bool { self == .reactivate || self == .unlock }

        static func possible(in state: String) -> [Step] {
            switch state {
            case "active": [.lock, .deactivate]
            case "inactive": [.lock, .reactivate]
            default: [.unlock]  // locked
            }
        }

        var state: String {
            switch self {
            case .lock: "locked"
            case .deactivate: "inactive"
            case .reactivate, .unlock: "active"
            }
        }
    }

    @Test(arguments: [true, false], [UInt64(1), 2, 3, 4, 5])
    func `whatever comes in whatever order, the last one stands`(
        restores: Bool, seed: UInt64
    ) throws {
        var generator = Generator(state: seed)
        let lab = try LockLab()
        let people = ["ben", "cleo", "dora", "emil", "finn", "gwen"]
        for name in people {
            try lab.change(LockLab.person(name), "add: employeeType\nemployeeType: staff")
        }
        try lab.sync()
        for name in people {
            let groups = try lab.groups(of: LockLab.person(name))
            let trail = try play(name, restores: restores, lab, &generator)
            try expect(name, lab, groups: restores ? groups : [], trail)
        }
        try lab.sync()
        try lab.succeed("sync", "--check")
        try lab.verifyAudit()
    }

    /// The steps that were taken, with a `-` before those without a directory.
    private func play(
        _ name: String, restores: Bool, _ lab: LockLab, _ generator: inout Generator
    ) throws -> [String] {
        var (state, trail) = ("active", [String]())
        for _ in 0..<Int.random(in: 2...6, using: &generator) {
            guard let step = Step.possible(in: state).randomElement(using: &generator) else {
                break
            }
            let isDown = Bool.random(using: &generator)
            lab.proxy.set(isDown ? .cut : .none)
            try lab.sibling(
                step.rawValue, name, reason: step.reason,
                restores && step.gives ? ["--restore-roles"] : [], exit: isDown ? 75 : 0)
            trail.append((isDown ? "-" : "") + step.rawValue)
            state = step.state
        }
        lab.proxy.set(.none)
        try lab.retry()
        #expect(try lab.retry().isEmpty, "\(name): \(trail)")
        #expect(try lab.show(name)["state"]?.string == state, "\(name): \(trail)")
        return trail
    }

    private func expect(
        _ name: String, _ lab: LockLab, groups: [String], _ trail: [String]
    ) throws {
        let dn = LockLab.person(name)
        let type = try lab.values(of: dn, "employeeType")
        switch try lab.show(name)["state"]?.string {
        case "active":
            #expect(lab.binds(name), "\(name): \(trail)")
            #expect(type == ["staff"], "\(name): \(trail)")
            #expect(try lab.values(of: dn, "description").isEmpty, "\(name): \(trail)")
            #expect(try lab.values(of: dn, "pwdEndTime").isEmpty, "\(name): \(trail)")
            #expect(try lab.groups(of: dn) == groups, "\(name): \(trail)")
        case "locked":
            #expect(try lab.isLocked(dn), "\(name): \(trail)")
            #expect(type == ["left"], "\(name): \(trail)")
            #expect(try lab.groups(of: dn).isEmpty, "\(name): \(trail)")
        default:  // inactive
            #expect(!lab.binds(name), "\(name): \(trail)")
            #expect(type == ["staff"], "\(name): \(trail)")
            #expect(try lab.groups(of: dn).isEmpty, "\(name): \(trail)")
        }
    }
}
