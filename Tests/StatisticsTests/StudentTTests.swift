import Statistics
import Testing

@Suite struct StudentTTests {
    /// From the tables in Abramowitz and Stegun (26.10), two-sided 95% and 99%.
    @Test(arguments: [
        (1.0, 0.975, 12.706), (5, 0.975, 2.571), (10, 0.975, 2.228), (30, 0.975, 2.042), (120, 0.975, 1.980),
        (5, 0.995, 4.032), (30, 0.995, 2.750),
    ])
    func `agrees with the published quantiles`(degrees: Double, share: Double, quantile: Double) {
        #expect(abs(StudentT(degreesOfFreedom: degrees).quantile(share) - quantile) < 0.0006)
        #expect(abs(StudentT(degreesOfFreedom: degrees).quantile(1 - share) + quantile) < 0.0006)
    }

    @Test func `a quantile is below what its share says`() {
        let student = StudentT(degreesOfFreedom: 7)
        for share in [0.01, 0.3, 0.5, 0.9, 0.999] {
            #expect(abs(student.chance(below: student.quantile(share)) - share) < 1e-12)
        }
    }
}
