using Microsoft.ML.Data;
using Microsoft.ML.Trainers;

namespace Microsoft.ML;

internal static partial class ComponentTable
{
    static partial void AddTrainers(Dictionary<string, Func<ModelLoadContext, object>> readers)
    {
        readers.Add(MulticlassPrediction.Kind, MulticlassPredictionTransformer<object>.Load);
        readers.Add(MaximumEntropyModelParameters.Kind, MaximumEntropyModelParameters.Load);
        readers.Add(LinearMulticlassModelParameters.Kind, LinearMulticlassModelParameters.Load);
        readers.Add(ModelStatisticsBase.Kind, ModelStatisticsBase.Load);
    }
}
