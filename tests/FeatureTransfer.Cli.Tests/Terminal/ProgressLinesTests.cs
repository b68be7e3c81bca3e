using FeatureTransfer.Cli.Terminal;

namespace FeatureTransfer.Cli.Tests.Terminal;

public class ProgressLinesTests
{
    [Test]
    public void Report_Redirected_WritesPlainLinesNowAndThen()
    {
        var (progress, text, clock) = Make(isTerminal: false);
        progress.Report(new WorkProgress("Reading", 0, 100));
        clock.Advance(1);
        progress.Report(new WorkProgress("Reading", 10, 100));
        clock.Advance(4);
        progress.Report(new WorkProgress("Reading", 50, 100));
        clock.Advance(5);
        progress.Report(new WorkProgress("Reading", 100, 100));
        Assert.That(text.ToString().ReplaceLineEndings("\n"), Is.EqualTo("Reading: 50/100, 10/s, 5 s left\nReading: 100/100, 10/s\n"));
    }

    [Test]
    public void Report_Terminal_RewritesOneLineWithABar()
    {
        var (progress, text, clock) = Make(isTerminal: true);
        progress.Report(new WorkProgress("Reading", 0, 4));
        clock.Advance(1);
        progress.Report(new WorkProgress("Reading", 1, 4));
        progress.EndLine();
        Assert.That(text.ToString(), Does.StartWith("\rReading: [#####...............] 25 %, 1/4, 1/s, 3 s left").And.EndWith(Environment.NewLine));
    }

    [Test]
    public void Report_NextStage_CountsFromItsOwnStart()
    {
        var (progress, text, clock) = Make(isTerminal: false);
        progress.Report(new WorkProgress("Reading", 0, 2));
        clock.Advance(100);
        progress.Report(new WorkProgress("Writing", 5, null));
        clock.Advance(10);
        progress.Report(new WorkProgress("Writing", 25, null));
        Assert.That(text.ToString().Trim(), Is.EqualTo("Writing: 25, 2/s"));
    }

    [Test]
    public void Of_LongTime_IsInMinutesAndHours()
    {
        Assert.That(ProgressText.Of(new WorkProgress("x", 1, 601), 1, TimeSpan.FromSeconds(1), withBar: false), Does.EndWith("10 min left"));
        Assert.That(ProgressText.Of(new WorkProgress("x", 1, 10801), 1, TimeSpan.FromSeconds(1), withBar: false), Does.EndWith("3.0 h left"));
    }

    private static (ProgressLines Progress, StringWriter Text, ManualClock Clock) Make(bool isTerminal)
    {
        var (text, clock) = (new StringWriter(), new ManualClock());
        return (new ProgressLines(text, isTerminal, clock), text, clock);
    }

    private sealed class ManualClock : TimeProvider
    {
        private long _seconds;

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => _seconds;

        public void Advance(long seconds) => _seconds += seconds;
    }
}
