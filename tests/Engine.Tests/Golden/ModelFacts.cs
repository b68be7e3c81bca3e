using Microsoft.ML;
using Microsoft.ML.Transforms;

namespace Engine.Tests.Golden;

/// <summary>The public parameters of fitted transformers, in the shape of the golden files.</summary>
internal static class ModelFacts
{
    public static IEnumerable<object?> Of(IEnumerable<ITransformer> model) => model.SelectMany(Of);

    private static IEnumerable<object?> Of(ITransformer transformer)
    {
        if (transformer is NormalizingTransformer normalizing)
            return Enumerable.Range(0, normalizing.Normalizers.Count).Select(i => Facts(normalizing.GetNormalizerModelParameters(i)));
        var model = transformer.GetType().GetProperty("Model")?.GetValue(transformer);
        return model is null ? [] : [Facts(model)];
    }

    private static Dictionary<string, object?> Facts(object parameters)
    {
        var facts = Dump.Members(parameters);
        facts["type"] = parameters.GetType().Name;
        return facts;
    }
}
