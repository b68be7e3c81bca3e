using FeatureTransfer.Adaptation;

namespace FeatureTransfer.Tests.Adaptation;

/// <summary>The limits of the options of both adaptations.</summary>
public class DomainOptionsTests
{
    private static readonly (DomainOptions Options, string Fault)[] _faulty =
    [
        (new AdaptFeaturesOptions { Method = (AdaptationMethod)9 }, "Method is 9; expected one of Standardize, Coral, SubspaceAlignment, Tca, OptimalTransport"),
        (new AdaptFeaturesOptions { Components = 0 }, "Components is 0; expected 1 or more"),
        (new AdaptFeaturesOptions { Regularization = -0.5 }, "Regularization is -0.5; expected a number above 0, or 0 for Coral"),
        (new AdaptFeaturesOptions { Regularization = double.NaN }, "Regularization is NaN; expected a number above 0, or 0 for Coral"),
        (new AdaptFeaturesOptions { Regularization = 0, Method = AdaptationMethod.Tca }, "Regularization is 0; expected a number above 0, or 0 for Coral"),
        (new AdaptFeaturesOptions { MaximumRows = 1 }, "MaximumRows is 1; expected 2 or more"),
        (new AdaptFeaturesOptions { FeatureColumnName = " " }, "a name is empty"),
        (new AdaptFeaturesOptions { DomainColumnName = "" }, "a name is empty"),
        (new AdaptFeaturesOptions { OutputColumnName = "" }, "a name is empty"),
        (new AdaptFeaturesOptions { Source = "" }, "a name is empty"),
        (new AdaptFeaturesOptions { Target = "" }, "a name is empty"),
        (new AdaptFeaturesOptions { DomainColumnName = "Features", OutputColumnName = "Other" }, "the domain is in the column Features, which holds the features; expected a column of its own"),
        (new AdaptFeaturesOptions { DomainColumnName = "Other", OutputColumnName = "Other" }, "the domain is in the column Other, which holds the features; expected a column of its own"),
        (new AdaptFeaturesOptions { Source = "x", Target = "x" }, "both domains are called x; expected two names"),
        (new ImportanceWeightsOptions { Method = (ImportanceMethod)9 }, "Method is 9; expected one of DomainClassifier, Kliep, KernelMeanMatching"),
        (new ImportanceWeightsOptions { MaximumWeight = 0.5 }, "MaximumWeight is 0.5; expected a number from 1 on"),
        (new ImportanceWeightsOptions { MaximumWeight = double.PositiveInfinity }, "MaximumWeight is Infinity; expected a number from 1 on"),
        (new ImportanceWeightsOptions { OutputColumnName = "Features" }, "the weights would replace the features in the column Features; expected another column"),
    ];

    private static readonly DomainOptions[] _taken =
    [
        new AdaptFeaturesOptions(),
        new AdaptFeaturesOptions { Components = 1, MaximumRows = 2, Regularization = 0 },
        new AdaptFeaturesOptions { Regularization = 0.1, Method = AdaptationMethod.OptimalTransport },
        new ImportanceWeightsOptions(),
        new ImportanceWeightsOptions { MaximumWeight = 1 },
    ];

    [Test]
    public void Defaults_AreAsDocumented()
    {
        var (adapt, weigh) = (new AdaptFeaturesOptions(), new ImportanceWeightsOptions());
        using (Assert.EnterMultipleScope())
        {
            Assert.That((adapt.FeatureColumnName, adapt.DomainColumnName, adapt.OutputColumnName, adapt.Source, adapt.Target), Is.EqualTo(("Features", "Domain", "Features", "source", "target")));
            Assert.That((adapt.MaximumRows, adapt.Seed, adapt.Method, adapt.StandardizeFirst, adapt.Components, adapt.Regularization), Is.EqualTo((1000, 1, AdaptationMethod.Coral, true, 64, (double?)null)));
            Assert.That((weigh.OutputColumnName, weigh.Method, weigh.MaximumWeight), Is.EqualTo(("Weight", ImportanceMethod.DomainClassifier, 20.0)));
        }
    }

    [TestCaseSource(nameof(Faulty))]
    public void Validate_OneFault_NamesIt(int place)
    {
        var (options, fault) = _faulty[place];
        Assert.That(options.Validate, Throws.ArgumentException.With.Message.EqualTo($"{options.GetType().Name}: {fault}."));
    }

    [Test]
    public void Validate_TwoFaults_NamesBoth() => Assert.That(
        new AdaptFeaturesOptions { Components = 0, MaximumRows = 1 }.Validate,
        Throws.ArgumentException.With.Message.EqualTo("AdaptFeaturesOptions: Components is 0; expected 1 or more; MaximumRows is 1; expected 2 or more."));

    [Test]
    public void Validate_WithinTheLimits_IsTaken() => Assert.That(() => Array.ForEach(_taken, options => options.Validate()), Throws.Nothing);

    private static IEnumerable<int> Faulty() => Enumerable.Range(0, _faulty.Length);
}
