namespace FeatureTransfer.Onnx.Tests.Gradients.Layers;

/// <summary>Normalizations.</summary>
public class NormalizationGradientTests
{
    [TestCaseSource(nameof(Cases))]
    public void Build_Normalization_IsWithinAThousandthOfCentralDifferences(object layer) => LayerGradientCheck.Check((LayerCase)layer);

    private static IEnumerable<LayerCase> Cases() =>
    [
        new LayerCase("BatchNormalization").Tensor(2, 3, 4, 5).Tensor(3).Tensor(3).Floats(0.5f, -1, 2).Positive(3),
        new LayerCase("BatchNormalization").Tensor(3, 2, 7).Tensor(2).Tensor(2).Floats(0.5f, -1).Positive(2).Float("epsilon", 0.1f),
        new LayerCase("BatchNormalization").Tensor(4, 3).Tensor(3).Tensor(3).Floats(0.5f, -1, 2).Positive(3),
        LayerCase.Curved("LayerNormalization").Tensor(2, 3, 5).Tensor(5).Tensor(5),
        LayerCase.Curved("LayerNormalization").Tensor(2, 3, 4).Tensor(3, 4).Tensor(3, 4).Int("axis", 1).Float("epsilon", 0.1f),
        LayerCase.Curved("LayerNormalization").Tensor(4, 6).Tensor(6),
        LayerCase.Curved("LayerNormalization").Tensor(2, 3).Tensor(2, 3).Int("axis", 0),
        LayerCase.Curved("InstanceNormalization").Tensor(2, 3, 4, 5).Tensor(3).Tensor(3),
        LayerCase.Curved("InstanceNormalization").Tensor(2, 3, 7).Tensor(3).Tensor(3).Float("epsilon", 0.1f),
        LayerCase.Curved("InstanceNormalization").Tensor(1, 2, 2, 3, 3).Tensor(2).Tensor(2),
        LayerCase.Curved("GroupNormalization", 18).Tensor(2, 4, 3, 3).Tensor(2).Tensor(2).Int("num_groups", 2),
        LayerCase.Curved("GroupNormalization", 21).Tensor(2, 4, 3, 3).Tensor(4).Tensor(4).Int("num_groups", 2),
        LayerCase.Curved("GroupNormalization", 21).Tensor(2, 6, 5).Tensor(6).Tensor(6).Int("num_groups", 3).Float("epsilon", 0.1f),
        LayerCase.Curved("LRN").Tensor(2, 6, 3, 3).Int("size", 5).Float("alpha", 0.9f),
        LayerCase.Curved("LRN").Tensor(2, 5, 3, 2).Int("size", 3).Float("alpha", 0.5f).Float("beta", 0.5f).Float("bias", 2),
        LayerCase.Curved("LRN").Tensor(1, 3, 4, 4).Int("size", 1).Float("alpha", 0.5f),
        LayerCase.Curved("Softmax").Tensor(3, 5),
        LayerCase.Curved("Softmax").Tensor(2, 3, 4),
        LayerCase.Curved("Softmax").Tensor(2, 3, 4).Int("axis", 1),
        LayerCase.Curved("Softmax", 11).Tensor(2, 3, 4),
        LayerCase.Curved("LogSoftmax").Tensor(3, 5),
        LayerCase.Curved("LogSoftmax").Tensor(2, 3, 4),
        LayerCase.Curved("LogSoftmax").Tensor(2, 3, 4).Int("axis", 0),
        LayerCase.Curved("LogSoftmax", 11).Tensor(2, 3, 4).Int("axis", 1),
        new LayerCase("Dropout").Tensor(3, 5),
        new LayerCase("Dropout").Tensor(2, 3, 4).Scalar(0.3f),
        new LayerCase("Dropout", 10).Tensor(3, 2).Float("ratio", 0.3f),
    ];
}
