using FeatureTransfer.Adaptation;
using FeatureTransfer.Diagnostics;
using FeatureTransfer.Tests.Conformance;
using MathNet.Numerics.LinearAlgebra;
using Microsoft.ML;

namespace FeatureTransfer.Tests.Adaptation;

public class AdaptFeaturesTests
{
    private static readonly TwoDomains _turned = new(TwoDomains.Turn);

    // Tca with a linear kernel brings means together and subspace alignment axes, so that other shifts are theirs.
    [TestCase(AdaptationMethod.Standardize)]
    [TestCase(AdaptationMethod.Coral)]
    [TestCase(AdaptationMethod.OptimalTransport)]
    public void Fit_TurnedAndStretchedTarget_RecoversWhatSourceOnlyLoses(AdaptationMethod method)
    {
        var sourceOnly = _turned.Accuracy(null);
        var adapted = _turned.Accuracy(Estimator(method));
        Assert.That(sourceOnly, Is.LessThan(0.7));
        Assert.That(adapted, Is.GreaterThan(0.95));
    }

    [TestCase(AdaptationMethod.SubspaceAlignment)]
    [TestCase(AdaptationMethod.Tca)]
    public void Fit_MovedTarget_RecoversWhatSourceOnlyLoses(AdaptationMethod method)
    {
        var moved = new TwoDomains(place => [place[0] + 8, place[1] - 8, place[2] + 8]);
        Assert.That(moved.Accuracy(null), Is.LessThan(0.7));
        Assert.That(moved.Accuracy(Estimator(method, regularization: 0.001)), Is.GreaterThan(0.95));
    }

    [Test]
    public void Fit_CoralWithoutRegularization_GivesTheSourceTheTargetsMeanAndCovariance()
    {
        var (source, target) = Adapted(_turned, AdaptationMethod.Coral, 0);
        var (mean, covariance) = (TwoSamples.Mean(source) - TwoSamples.Mean(target), TwoSamples.Covariance(source) - TwoSamples.Covariance(target));
        Assert.That(mean.L2Norm(), Is.LessThan(1e-4));
        Assert.That(covariance.FrobeniusNorm(), Is.LessThan(1e-3));
    }

    /// <summary>By eigenvalues: both covariances get the share of their mean variance on their diagonals.</summary>
    [Test]
    public void Fit_CoralWithRegularization_AddsAShareOfTheMeanVariance()
    {
        var (source, target) = Adapted(_turned, AdaptationMethod.Coral, 0.5);
        var before = TwoSamples.Covariance(_turned.Of("source"));
        var matrix = Power(before, -0.5) * Power(TwoSamples.Covariance(target), 0.5);
        Assert.That((TwoSamples.Covariance(source) - (matrix.Transpose() * before * matrix)).FrobeniusNorm(), Is.LessThan(1e-3));

        static Matrix<double> Power(Matrix<double> covariance, double exponent)
        {
            var values = (covariance + (0.5 * covariance.Trace() / covariance.RowCount * Matrix<double>.Build.DenseIdentity(covariance.RowCount))).Evd(Symmetricity.Symmetric);
            return values.EigenVectors * Matrix<double>.Build.DenseOfDiagonalVector(values.EigenValues.Map(value => Math.Pow(value.Real, exponent))) * values.EigenVectors.Transpose();
        }
    }

    /// <summary>A plan of nothing but entropy takes from every row to every row alike.</summary>
    [Test]
    public void Fit_OptimalTransportOfMuchEntropy_MovesEveryRowToTheTargetsMean()
    {
        var (source, target) = Adapted(_turned, AdaptationMethod.OptimalTransport, 1e6);
        var mean = TwoSamples.Mean(target);
        Assert.That(source.SelectMany(row => row.Select((value, i) => Math.Abs(value - mean[i]))).Max(), Is.LessThan(1e-3));
    }

    [Test]
    public void Fit_Standardize_GivesBothDomainsMeanZeroAndVarianceOne()
    {
        var (source, target) = Adapted(_turned, AdaptationMethod.Standardize);
        foreach (var rows in new[] { source, target })
        {
            Assert.That(TwoSamples.Mean(rows).L2Norm(), Is.LessThan(1e-5));
            Assert.That(rows.Average(row => row[1] * row[1]), Is.EqualTo(1).Within(1e-4));
        }
    }

    /// <summary>By singular values of the centred rows: X_s P_s P_s' P_t and X_t P_t, up to the signs of the axes.</summary>
    [Test]
    public void Fit_SubspaceAlignment_IsThatOfExplicitPrincipalAxes()
    {
        var (source, target) = Adapted(_turned, AdaptationMethod.SubspaceAlignment, components: 2);
        var (centredSource, axesSource) = Axes("source");
        var (centredTarget, axesTarget) = Axes("target");
        var expectedSource = centredSource * axesSource * axesSource.Transpose() * axesTarget;
        var expectedTarget = centredTarget * axesTarget;
        for (var row = 0; row < 5; row++)
        {
            for (var axis = 0; axis < 2; axis++)
            {
                Assert.That(Math.Abs(source[row][axis]), Is.EqualTo(Math.Abs(expectedSource[row, axis])).Within(1e-3));
                Assert.That(Math.Abs(target[row][axis]), Is.EqualTo(Math.Abs(expectedTarget[row, axis])).Within(1e-3));
            }
        }
    }

    /// <summary>With a penalty near 0 a direction along the difference of the means costs all, so the components stand at right angles to it.</summary>
    [Test]
    public void Fit_Tca_BringsTheDomainsMeansTogether()
    {
        var moved = new TwoDomains(place => [place[0] + 8, place[1] - 8, place[2] + 8]);
        var (source, target) = Adapted(moved, AdaptationMethod.Tca, 1e-4, 2);
        Assert.That((TwoSamples.Mean(source) - TwoSamples.Mean(target)).L2Norm(), Is.LessThan(0.01 * Math.Sqrt(TwoSamples.Covariance(source).Trace())));
    }

    [Test]
    public void Transform_RowWithoutADomain_IsTarget()
    {
        var model = Estimator(AdaptationMethod.Standardize).Fit(TwoDomains.View(_turned.Rows));
        TwoDomains.Row[] rows = [.. new[] { "target", "", "other" }.Select(domain => new TwoDomains.Row { Features = [1, 2, 3], Domain = domain }), new() { Features = [1, 2, 3], Domain = "source" }];
        var answers = Answers.Batch(model.Transform(TwoDomains.View(rows)), "Features");
        Assert.Multiple(() =>
        {
            Assert.That(answers[1], Is.EqualTo(answers[0]));
            Assert.That(answers[2], Is.EqualTo(answers[0]));
            Assert.That(answers[3], Is.Not.EqualTo(answers[0]));
        });
    }

    /// <summary>The maps apart are those of <c>Fit</c>, and read the features alone.</summary>
    [Test]
    public void FitApart_EveryMethod_MapsAsFitDoesWithoutADomain([Values] AdaptationMethod method)
    {
        var view = TwoDomains.View(_turned.Rows);
        var together = Answers.Batch(Estimator(method).Fit(view).Transform(view), "Features");
        var apart = Estimator(method).FitApart(view);
        var alone = new MLContext(1).Transforms.SelectColumns("Features").Fit(view).Transform(view);
        var (source, target) = (Answers.Batch(apart.Source.Transform(alone), "Features"), Answers.Batch(apart.Target.Transform(alone), "Features"));
        for (var row = 0; row < _turned.Rows.Count; row += 50)
            Assert.That((_turned.Rows[row].Domain == "source" ? source : target)[row], Is.EqualTo(together[row]));
    }

    [Test]
    public void Fit_UnknownDomain_NamesItAndTheColumn()
    {
        var rows = TwoDomains.View(_turned.Rows.Append(new TwoDomains.Row { Features = [1, 2, 3], Domain = "Source" }));
        Assert.That(() => Estimator(AdaptationMethod.Coral).Fit(rows), Throws.TypeOf<FeatureTransferException>().With.Message.Contains("'Source'").And.Message.Contains("'Domain'"));
    }

    [Test]
    public void Fit_OneDomain_SaysHowManyRowsEachHas() =>
        Assert.That(() => Estimator(AdaptationMethod.Coral).Fit(TwoDomains.View(_turned.Rows.Take(10))), Throws.TypeOf<FeatureTransferException>().With.Message.Contains("'source' of 10 rows and 'target' of 0"));

    [Test]
    public void Options_OutOfRange_AreNamedTogether() =>
        Assert.That(
            () => new MLContext(1).Transforms.AdaptFeatures(new() { Components = 0, Source = "x", Target = "x", Method = AdaptationMethod.Tca, Regularization = 0 }),
            Throws.ArgumentException.With.Message.Contains("Components is 0").And.Message.Contains("Regularization is 0").And.Message.Contains("both domains are called x"));

    private static AdaptFeaturesEstimator Estimator(AdaptationMethod method, double? regularization = null, int components = 64, bool standardizeFirst = true) =>
        new MLContext(1).Transforms.AdaptFeatures(new() { Method = method, StandardizeFirst = standardizeFirst, Regularization = regularization ?? (method == AdaptationMethod.Coral ? 0.001 : null), Components = components });

    private static (double[][] Source, double[][] Target) Adapted(TwoDomains domains, AdaptationMethod method, double? regularization = null, int components = 64)
    {
        var view = TwoDomains.View(domains.Rows);
        var features = Answers.Batch(Estimator(method, regularization, components, standardizeFirst: false).Fit(view).Transform(view), "Features").Select(row => Array.ConvertAll(row, value => (double)value)).ToList();
        return ([.. features.Where((_, row) => domains.Rows[row].Domain == "source")], [.. features.Where((_, row) => domains.Rows[row].Domain == "target")]);
    }

    private static (Matrix<double> Centred, Matrix<double> Axes) Axes(string domain)
    {
        var rows = Matrix<double>.Build.DenseOfRowArrays(_turned.Of(domain));
        var mean = rows.ColumnSums() / rows.RowCount;
        var centred = Matrix<double>.Build.Dense(rows.RowCount, rows.ColumnCount, (row, column) => rows[row, column] - mean[column]);
        return (centred, centred.Svd().VT.Transpose().SubMatrix(0, rows.ColumnCount, 0, 2));
    }
}
