using Microsoft.ML.Calibrators;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;
using Microsoft.ML.Trainers.FastTree;

namespace Microsoft.ML;

internal static partial class ComponentTable
{
    static partial void AddTrainers(Dictionary<string, Func<ModelLoadContext, object>> readers)
    {
        readers.Add(MulticlassPrediction.Kind, MulticlassPredictionTransformer<object>.Load);
        readers.Add(MaximumEntropyModelParameters.Kind, MaximumEntropyModelParameters.Load);
        readers.Add(LinearMulticlassModelParameters.Kind, LinearMulticlassModelParameters.Load);
        readers.Add(BinaryPrediction.Kind, BinaryPredictionTransformer<object>.Load);
        readers.Add(RegressionPrediction.Kind, RegressionPredictionTransformer<object>.Load);
        readers.Add(LinearRegressionModelParameters.Kind, LinearRegressionModelParameters.Load);
        readers.Add(PoissonRegressionModelParameters.Kind, PoissonRegressionModelParameters.Load);
        readers.Add(LinearBinaryModelParameters.Kind, LinearBinaryModelParameters.Load);
        readers.Add(FastTreeBinaryModelParameters.Kind, FastTreeBinaryModelParameters.Load);
        readers.Add(FastTreeRegressionModelParameters.Kind, FastTreeRegressionModelParameters.Load);
        readers.Add(FastForestBinaryModelParameters.Kind, FastForestBinaryModelParameters.Load);
        readers.Add(FastForestRegressionModelParameters.Kind, FastForestRegressionModelParameters.Load);
        readers.Add(ClusteringPrediction.Kind, ClusteringPredictionTransformer<object>.Load);
        readers.Add(KMeansModelParameters.Kind, KMeansModelParameters.Load);
        readers.Add(AnomalyPrediction.Kind, AnomalyPredictionTransformer<object>.Load);
        readers.Add(PcaModelParameters.Kind, PcaModelParameters.Load);
        readers.Add(NaiveBayesMulticlassModelParameters.Kind, NaiveBayesMulticlassModelParameters.Load);
        readers.Add(OneVersusAllModelParameters.Kind, OneVersusAllModelParameters.Load);
        readers.Add(PairwiseCouplingModelParameters.Kind, PairwiseCouplingModelParameters.Load);
        readers.Add(PriorModelParameters.Kind, PriorModelParameters.Load);
        readers.Add(CalibratedModels.Kind, CalibratedModels.Load);
        readers.Add(PlattCalibrator.Kind, PlattCalibrator.Load);
        readers.Add(IsotonicCalibrator.Kind, IsotonicCalibrator.Load);
        readers.Add(NaiveCalibrator.Kind, NaiveCalibrator.Load);
        readers.Add(PlattCalibratorTransformer.Kind, PlattCalibratorTransformer.Load);
        readers.Add(IsotonicCalibratorTransformer.Kind, IsotonicCalibratorTransformer.Load);
        readers.Add(NaiveCalibratorTransformer.Kind, NaiveCalibratorTransformer.Load);
        readers.Add(ModelStatisticsBase.Kind, ModelStatisticsBase.Load);
    }
}
