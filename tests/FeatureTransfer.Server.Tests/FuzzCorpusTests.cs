using System.Diagnostics;
using FeatureTransfer.Fuzzing.Targets;

namespace FeatureTransfer.Server.Tests;

/// <summary>Every input that the fuzzer starts from or has found, fed to its reader again: each is read or refused, and comes to an end.</summary>
public class FuzzCorpusTests
{
    // Thousands of times what any takes: builds run on busy machines.
    private static readonly TimeSpan _most = TimeSpan.FromSeconds(30);

    private static string Corpus => Path.Combine(Reference.Root, "tests", "FeatureTransfer.Fuzzing", "Corpus");

    [TestCaseSource(nameof(Names))]
    public void Read_EveryInputOfTheCorpus_AcceptsOrRefusesIt(string name)
    {
        var target = FuzzTargets.Find(name)!;
        Assert.That(Inputs(name), Is.Not.Empty, "a target without an input to start from finds nothing");
        Assert.Multiple(() =>
        {
            foreach (var file in Inputs(name))
            {
                var start = Stopwatch.GetTimestamp();
                Assert.That(() => FuzzTargets.Feed(target, File.ReadAllBytes(file)), Throws.Nothing, file);
                Assert.That(Stopwatch.GetElapsedTime(start), Is.LessThan(_most), file);
            }
        });
    }

    [Test]
    public void Corpus_HasAFolderForEachTarget_AndNoOther() =>
        Assert.That(Directory.EnumerateDirectories(Corpus).Select(Path.GetFileName), Is.EquivalentTo(Names()));

    private static IEnumerable<string> Names() => FuzzTargets.All.Select(target => target.Name);

    private static string[] Inputs(string name) => Directory.GetFiles(Path.Combine(Corpus, name));
}
