using FeatureTransfer.Pipelines.Running;
using FeatureTransfer.Pipelines.Steps;

namespace FeatureTransfer.Pipelines.Tests.Running;

public class SearchSpaceTests
{
    private static readonly SearchedOption _trainers = SearchedOption.Among("estimators[2]", new LbfgsMaximumEntropyStep { L1Regularization = 0 }, new NearestCentroidStep());

    [Test]
    public void Draw_OptionOfOneOfTheTrainers_CountsForThatOneAlone()
    {
        var candidates = Draw(SearchedOption.Among("estimators[2].l2Regularization", 1, 10), _trainers);
        Assert.That(candidates.Select(candidate => candidate.Definition!.Estimators[2]), Is.EquivalentTo(new PipelineStep[]
        {
            new LbfgsMaximumEntropyStep { L1Regularization = 0, L2Regularization = 1 },
            new LbfgsMaximumEntropyStep { L1Regularization = 0, L2Regularization = 10 },
            new NearestCentroidStep(),
        }));
    }

    [Test]
    public void Draw_FewCandidates_AreAllOfThemOnce()
    {
        var candidates = Draw(SearchedOption.AmongLists("estimators[0].inputs", ["x"], ["y"]), SearchedOption.Among("estimators[2].l2Regularization", 1, 2, 3));
        Assert.Multiple(() =>
        {
            Assert.That(candidates.Select(candidate => candidate.Key).Distinct().Count(), Is.EqualTo(6));
            Assert.That(candidates.Select(candidate => candidate.Number), Is.EqualTo([1, 2, 3, 4, 5, 6]));
        });
    }

    [Test]
    public void Draw_Range_LiesWithinAndDependsOnTheSeedAlone()
    {
        var option = SearchedOption.Between("estimators[2].l2Regularization", 0.001, 10, SearchScale.Log);
        var values = Penalties(1, option);
        Assert.Multiple(() =>
        {
            Assert.That(values, Has.Count.EqualTo(20).And.All.InRange(0.001f, 10f));
            Assert.That(values.Count(value => value < 0.1), Is.InRange(5, 15), "half of the logarithms");
            Assert.That(Penalties(1, option), Is.EqualTo(values));
            Assert.That(Penalties(2, option), Is.Not.EqualTo(values));
        });
    }

    [Test]
    public void Draw_ValueWithADollarSign_DoesNotReadTheEnvironment()
    {
        using var rows = new SearchedRows();
        var definition = rows.Pipeline(new SearchOptions { Options = [SearchedOption.Among("estimators[0].output", "${HOME}")] });
        var read = PipelineReader.Parse(PipelineWriter.ToJson(definition), "p.json", rows.Folder);
        Assert.That(((ConcatenateStep)new SearchSpace(read).Draw()[0].Definition!.Estimators[0]).Output, Is.EqualTo("${HOME}"));
    }

    [TestCase(0, ExpectedResult = 1e-5)]
    [TestCase(0.5, ExpectedResult = 0.001)]
    [TestCase(0.123456, ExpectedResult = 3.118e-5)]
    [TestCase(1, ExpectedResult = 0.1)]
    public double At_Log_IsAShareOfTheLogarithms(double share) => new SearchRange { From = 1e-5, To = 0.1, Scale = SearchScale.Log }.At(share);

    [TestCase(0, ExpectedResult = 2)]
    [TestCase(0.37, ExpectedResult = 4)]
    [TestCase(1, ExpectedResult = 8)]
    public double At_Whole_IsRounded(double share) => new SearchRange { From = 2, To = 8, Whole = true }.At(share);

    [Test]
    public void Options_NotGiven_AreTheDefaults()
    {
        var options = new SearchOptions();
        Assert.Multiple(() =>
        {
            Assert.That((options.Strategy, options.Trials, options.Minutes, options.Folds, options.Reduction, options.FirstRows), Is.EqualTo((SearchStrategy.Halving, 20, (double?)null, 5, 3, (int?)null)));
            Assert.That(options.Options, Is.Empty);
        });
    }

    [TestCase(0, 1, 5, 3, 10)]
    [TestCase(1, 0, 5, 3, 10)]
    [TestCase(1, 1, 1, 3, 10)]
    [TestCase(1, 1, 101, 3, 10)]
    [TestCase(1, 1, 5, 1, 10)]
    [TestCase(1, 1, 5, 3, 9)]
    public void Search_NumberOutOfRange_IsRefused(int trials, double minutes, int folds, int reduction, int firstRows)
    {
        using var rows = new SearchedRows();
        var search = new SearchOptions { Options = [rows.Inputs], Trials = trials, Minutes = minutes, Folds = folds, Reduction = reduction, FirstRows = firstRows };
        Assert.That(() => rows.Pipeline(search), Throws.TypeOf<ArgumentOutOfRangeException>());
    }

    private static List<float> Penalties(int seed, SearchedOption option) =>
        [.. Draw(seed, option).Select(candidate => ((LbfgsMaximumEntropyStep)candidate.Definition!.Estimators[2]).L2Regularization)];

    private static IReadOnlyList<Candidate> Draw(params ValueList<SearchedOption> options) => Draw(1, options);

    private static IReadOnlyList<Candidate> Draw(int seed, params ValueList<SearchedOption> options)
    {
        using var rows = new SearchedRows();
        return new SearchSpace(rows.Pipeline(new SearchOptions { Options = options }) with { Seed = seed }).Draw();
    }
}
