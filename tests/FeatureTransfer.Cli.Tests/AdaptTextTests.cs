using FeatureTransfer.Cli.Commands;
using FeatureTransfer.Heads;
using FeatureTransfer.Pipelines;
using FeatureTransfer.Pipelines.Results;

namespace FeatureTransfer.Cli.Tests;

/// <summary>What a run says of the temperature and the limits of the model that it keeps for a target.</summary>
public class AdaptTextTests
{
    [Test]
    public void Write_Limits_HasALineForEachAndSaysWhichRowsGaveThem()
    {
        var lines = Lines(Report(60));
        Assert.That(lines, Does.Contain("calibration on the target: temperature 2.50; expected calibration error 0.020, without it 0.100; log-loss 0.500, without it 0.700"));
        Assert.That(lines, Has.Some.StartsWith("sets on the target: 0.880 [0.800, 0.940] hold the label, 0.9 were asked for"));
        Assert.That(lines, Has.One.Contains("found on 60 labelled rows of the target that do not judge"));
    }

    [Test]
    public void Write_LimitsOfTheSource_AreNotSaidToBeOfTheTarget() =>
        Assert.That(Lines(Report(0)), Has.None.Contains("labelled rows of the target that do not judge"));

    private static string[] Lines(DomainComparisonReport report)
    {
        using var text = new StringWriter();
        AdaptText.Write(text, report);
        return [.. text.ToString().Split('\n').Select(line => line.Trim())];
    }

    private static DomainComparisonReport Report(int rows) => new()
    {
        Candidates = [new DomainCandidate(DomainComparison.SourceOnly, 0.5, new Interval(0.4, 0.6), null)],
        Keep = "Coral",
        Why = "It wins.",
        SourceRows = 100,
        TargetRows = 60,
        TestRows = 60,
        Rejected = [],
        LimitRows = rows,
        Calibration = new CalibrationReport(2.5, Errors(0.1, 0.7), Errors(0.02, 0.5)),
        Limits = new LimitsReport(new SetReport(new SetLimit(0.9, 0.4, rows), 0.88, new Interval(0.8, 0.94), 1.2, 0.9, 0), null),
    };

    private static CalibrationMetrics Errors(double error, double loss) =>
        new() { ExpectedCalibrationError = error, EqualMassCalibrationError = error, BrierScore = 0.3, LogLoss = loss, Accuracy = 0.8 };
}
