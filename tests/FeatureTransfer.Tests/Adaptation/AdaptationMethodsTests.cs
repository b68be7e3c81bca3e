using FeatureTransfer.Adaptation;
using FeatureTransfer.Diagnostics;
using FeatureTransfer.Tests.Conformance;
using Microsoft.ML;

namespace FeatureTransfer.Tests.Adaptation;

/// <summary>What the methods have in common: how long their vectors are, how rows are scaled before, and that they stop.</summary>
public class AdaptationMethodsTests
{
    private static readonly double[][] _five = [[1, 5, 2], [4, 2, 8], [3, 3, 1], [2, 7, 5], [9, 1, 4]];

    private static readonly Action<CancellationToken>[] _work =
    [
        stop => new Coral(1).Learn(new DomainRows(_five, _five), stop),
        stop => new SubspaceAlignment(2).Learn(new DomainRows(_five, _five), stop),
        stop => new TransferComponents(2, 1).Learn(new DomainRows(_five, _five), stop),
        stop => new TransportedRows(0.1, 10, 1).Learn(new DomainRows(_five, _five), stop),
        stop => Sinkhorn.Plan(_five, 1, stop),
        stop => Kliep.Weights(_five, _five, stop),
        stop => KernelMeanMatching.Weights([[1, 0], [0, 1]], [[1], [1]], 20, stop),
    ];

    [TestCase(64, 5, 5, 3)]
    [TestCase(2, 5, 5, 2)]
    [TestCase(64, 3, 5, 2)]
    [TestCase(64, 5, 2, 1)]
    public void Learn_Components_AreNoMoreThanFeaturesOrRowsLessOne(int components, int source, int target, int expected)
    {
        var rows = new DomainRows(_five[..source], _five[..target]);
        Assert.That(new SubspaceAlignment(components).Learn(rows, default).Length, Is.EqualTo(expected));
        Assert.That(new TransferComponents(components, 1).Learn(rows, default).Length, Is.EqualTo(expected));
    }

    [Test]
    public void Learn_Cancelled_Stops([Range(0, 6)] int place) =>
        Assert.That(() => _work[place](new CancellationToken(true)), Throws.InstanceOf<OperationCanceledException>());

    [TestCase(true)]
    [TestCase(false)]
    public void StandardizedFirst_Together_KeepsTheDifferenceOfTheDomains(bool together)
    {
        var seen = new Seen();
        double[][] moved = [.. _five.Select(row => row.Select(value => (2 * value) + 10).ToArray())];
        new StandardizedFirst(seen, together).Learn(new DomainRows(_five, moved), default);
        var (source, target) = (seen.Rows!.Source, seen.Rows.Target);
        double[][] both = [.. source, .. target];
        using (Assert.EnterMultipleScope())
        {
            foreach (var rows in together ? [both] : new[] { source, target })
            {
                Assert.That(TwoSamples.Mean(rows).L2Norm(), Is.LessThan(1e-5));
                Assert.That(rows.Average(row => row[0] * row[0]), Is.EqualTo(1).Within(1e-5));
            }

            Assert.That(TwoSamples.Mean(target)[0] - TwoSamples.Mean(source)[0] > 1, Is.EqualTo(together));
        }
    }

    [Test]
    public void StandardizedFirst_FeatureThatIsTheSameInAllRows_IsMovedAlone()
    {
        var seen = new Seen();
        new StandardizedFirst(seen, false).Learn(new DomainRows([[7, 1], [7, 3]], [[8, 1], [8, 3]]), default);
        Assert.That(seen.Rows!.Source.Concat(seen.Rows.Target).Select(row => row[0]), Is.All.Zero);
    }

    /// <summary>Components of both domains are one map, so that the scale before them has to be one, too.</summary>
    [Test]
    public void FitApart_Tca_MapsBothDomainsAlike()
    {
        var view = TwoDomains.View(new TwoDomains(TwoDomains.Turn).Rows);
        var apart = new MLContext(1).Transforms.AdaptFeatures(new() { Method = AdaptationMethod.Tca }).FitApart(view);
        Assert.That(Answers.Batch(apart.Source.Transform(view), "Features"), Is.EqualTo(Answers.Batch(apart.Target.Transform(view), "Features")));
    }

    private sealed class Seen : IAdaptation
    {
        public DomainRows? Rows { get; private set; }

        public (DomainMap Source, DomainMap Target, int Length) Learn(DomainRows rows, CancellationToken cancellation)
        {
            Rows = rows;
            return (new SameMap(), new SameMap(), rows.Dimension);
        }
    }
}
