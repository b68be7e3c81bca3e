using FeatureTransfer.Extraction;
using Microsoft.ML;

namespace FeatureTransfer.Tests.Conformance;

/// <summary>No estimator or transformer escapes the suite.</summary>
public class ConformanceListTests
{
    /// <summary>Those that stand in no line of <see cref="Subjects"/>, each with its reason.</summary>
    private static readonly Dictionary<string, string> _waived = new(StringComparer.Ordinal)
    {
        ["Probe"] = "it fits nothing: it takes down the columns that a chain is asked for",
    };

    [Test]
    public void Estimators_OfTheLibrary_AreAllInTheSuite()
    {
        using var data = new ConformanceData();
        var listed = Subjects.All.Select(subject => subject.Create(data, FeatureTransferServices.Default).GetType());
        Assert.That(Types(typeof(IEstimator<>)).Except(listed), Is.Empty);
    }

    [Test]
    public void Transformers_OfTheLibrary_AreAllInTheSuite() =>
        Assert.That(Types(typeof(ITransformer)).Except(Subjects.All.Select(subject => subject.Transformer)), Is.Empty);

    [Test]
    public void Waivers_NameTypesThatAreThere() =>
        Assert.That(_waived.Keys.Except(typeof(ExtractFeaturesEstimator).Assembly.GetTypes().Select(type => type.Name)), Is.Empty);

    private static IEnumerable<Type> Types(Type kind) => typeof(ExtractFeaturesEstimator).Assembly.GetTypes()
        .Where(type => type is { IsClass: true, IsAbstract: false } && !_waived.ContainsKey(type.Name))
        .Where(type => kind.IsGenericTypeDefinition
            ? type.GetInterfaces().Any(face => face.IsGenericType && face.GetGenericTypeDefinition() == kind)
            : kind.IsAssignableFrom(type));
}
