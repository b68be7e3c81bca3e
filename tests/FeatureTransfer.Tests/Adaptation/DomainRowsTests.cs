using FeatureTransfer.Adaptation;
using FeatureTransfer.Tests.Conformance;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace FeatureTransfer.Tests.Adaptation;

/// <summary>What estimators of two domains read, and what they refuse.</summary>
public class DomainRowsTests
{
    private static readonly TwoDomains.Row[] _rows = [.. new[] { ("source", 1f), ("target", 2), ("", 3), ("source", 4) }.Select(row => new TwoDomains.Row { Domain = row.Item1, Features = [row.Item2, 0, 0] })];

    [Test]
    public void Read_RowsOfBothDomains_KeepsTheirOrder()
    {
        var rows = DomainRows.Read(TwoDomains.View(_rows), new AdaptFeaturesOptions(), default);
        Assert.That((rows.Source.Select(row => row[0]), rows.Target.Select(row => row[0]), rows.Dimension), Is.EqualTo((new[] { 1.0, 4 }, new[] { 2.0, 3 }, 3)));
    }

    [Test]
    public void Read_Cancelled_Stops() =>
        Assert.That(() => DomainRows.Read(TwoDomains.View(_rows), new AdaptFeaturesOptions(), new CancellationToken(true)), Throws.InstanceOf<OperationCanceledException>());

    [TestCase(0, 2)]
    [TestCase(1, 3)]
    [TestCase(2, 1)]
    public void Read_OneRowOfADomain_SaysHowManyEachHas(int source, int target)
    {
        var rows = Enumerable.Range(0, source + target).Select(i => new TwoDomains.Row { Domain = i < source ? "source" : "target", Features = [i, 0, 0] });
        Assert.That(
            () => DomainRows.Read(TwoDomains.View(rows), new AdaptFeaturesOptions(), default),
            Throws.TypeOf<FeatureTransferException>().With.Message.EqualTo($"Column 'Domain' says 'source' of {source} rows and 'target' of {target}. Expected two of each or more."));
    }

    [TestCase(float.NaN)]
    [TestCase(float.PositiveInfinity)]
    public void Read_NumberThatIsNotFinite_NamesItsRow(float value)
    {
        var rows = _rows.Append(new TwoDomains.Row { Domain = "source", Features = [0, value, 0] });
        Assert.That(() => Estimator().Fit(TwoDomains.View(rows)), Throws.TypeOf<FeatureTransferException>().With.Message.StartsWith("Column 'Features' holds a number that is not finite in row 5. Put "));
    }

    [Test]
    public void Some_FewerRowsThanThere_AreSomeOfThemInTheirOrder()
    {
        var rows = new DomainRows([.. Enumerable.Range(0, 50).Select(i => new double[] { i })], [[1], [2], [3]]);
        var some = rows.Some(3, 5);
        var places = some.Source.Select(row => row[0]).ToList();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(places, Has.Count.EqualTo(3).And.Ordered.And.Unique);
            Assert.That(places, Is.Not.EqualTo(new[] { 0.0, 1, 2 }));
            Assert.That(rows.Some(3, 5).Source.Select(row => row[0]), Is.EqualTo(places));
            Assert.That(some.Target, Is.SameAs(rows.Target));
        }
    }

    [TestCase("Feature", "Domain", "no column 'Feature'")]
    [TestCase("Features", "Domains", "no column 'Domains'")]
    [TestCase("Class", "Domain", "column 'Class' is String. Expected a vector of floats of one length")]
    [TestCase("Features", "Number", "column 'Number' is Single. Expected text")]
    [TestCase("Doubles", "Domain", "column 'Doubles' is Vector<Double, 2>. Expected a vector of floats of one length")]
    public void Fit_ColumnThatDoesNotFit_NamesIt(string features, string domain, string fault)
    {
        var ml = new MLContext(1);
        var view = ml.Data.LoadFromEnumerable(new[] { new Odd() });
        var estimator = ml.Transforms.AdaptFeatures(new() { FeatureColumnName = features, DomainColumnName = domain, OutputColumnName = "Adapted" });
        Assert.That(() => estimator.Fit(view), Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains("AdaptFeaturesEstimator: ").And.Message.Contains(fault));
    }

    [Test]
    public void GetOutputSchema_ColumnIsMissing_NamesIt()
    {
        var schema = Shapes.Of(TwoDomains.View(_rows).Schema);
        Assert.That(Estimator().GetOutputSchema(schema).Select(column => column.Name), Is.EquivalentTo(schema.Select(column => column.Name)));
        Assert.That(
            () => new MLContext(1).Transforms.AdaptFeatures(new() { DomainColumnName = "Domains" }).GetOutputSchema(schema),
            Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains("no column 'Domains'").And.Message.Contains("Features, Domain, Class, Truth"));
    }

    private static AdaptFeaturesEstimator Estimator() => new MLContext(1).Transforms.AdaptFeatures(new());

    private sealed class Odd
    {
        [VectorType(3)]
        public float[] Features { get; set; } = [1, 2, 3];

        [VectorType(2)]
        public double[] Doubles { get; set; } = [1, 2];

        public string Class { get; set; } = "";

        public string Domain { get; set; } = "source";

        public float Number { get; set; }
    }
}
