namespace FeatureTransfer.Onnx.Tests.Gradients.Layers;

/// <summary>Matrix products and resizing: linear maps.</summary>
public class ProductGradientTests
{
    [TestCaseSource(nameof(Products))]
    [TestCaseSource(nameof(Sums))]
    [TestCaseSource(nameof(Resizes))]
    public void Build_LinearMap_IsWithinAThousandthOfCentralDifferences(object layer) => LayerGradientCheck.Check((LayerCase)layer);

    private static LayerCase Einsum(string equation) => new LayerCase("Einsum").Text("equation", equation);

    private static IEnumerable<LayerCase> Products() =>
    [
        new LayerCase("MatMul").Tensor(3, 4).Tensor(4, 5),
        new LayerCase("MatMul").Tensor(2, 3, 4).Tensor(4, 5),
        new LayerCase("MatMul").Tensor(2, 3, 4).Tensor(2, 4, 5),
        new LayerCase("MatMul").Tensor(3, 4).Tensor(2, 4, 5),
        new LayerCase("MatMul").Tensor(2, 1, 3, 4).Tensor(3, 4, 2),
        new LayerCase("MatMul").Tensor(4).Tensor(4, 5),
        new LayerCase("MatMul").Tensor(3, 4).Tensor(4),
        new LayerCase("MatMul").Tensor(4).Tensor(4),
        new LayerCase("MatMul").Tensor(4).Tensor(2, 4, 3),
        new LayerCase("MatMul").Tensor(2, 3, 4).Tensor(4),
        new LayerCase("Gemm").Tensor(3, 4).Tensor(4, 5).Tensor(5),
        new LayerCase("Gemm").Tensor(3, 4).Tensor(5, 4).Tensor(3, 5).Int("transB", 1).Float("alpha", 0.5f).Float("beta", 2),
        new LayerCase("Gemm").Tensor(4, 3).Tensor(4, 5).Tensor(3, 1).Int("transA", 1).Float("alpha", 2),
        new LayerCase("Gemm").Tensor(4, 3).Tensor(5, 4).Int("transA", 1).Int("transB", 1).Float("alpha", 3),
    ];

    private static IEnumerable<LayerCase> Sums() =>
    [
        Einsum("ij,jk->ik").Tensor(2, 3).Tensor(3, 4),
        Einsum("bij, bkj -> bik").Tensor(2, 3, 4).Tensor(2, 5, 4),
        Einsum("bhid,bhjd->bhij").Tensor(2, 2, 3, 4).Tensor(2, 2, 5, 4),
        Einsum("...ij,jk->...ik").Tensor(2, 3, 4).Tensor(4, 2),
        Einsum("ij,kl->ik").Tensor(2, 3).Tensor(4, 2),
        Einsum("ba,ac").Tensor(2, 3).Tensor(3, 4),
        Einsum("...i,...i").Tensor(2, 3).Tensor(2, 3),
        Einsum("i,ij,j->i").Tensor(3).Tensor(3, 4).Tensor(4),
        Einsum("ij->ji").Tensor(2, 3),
        Einsum("...ji").Tensor(2, 3, 4),
    ];

    private static IEnumerable<LayerCase> Resizes() =>
    [
        Resize("nearest", 2, 3, 3, 4).Floats(1, 1, 2, 2).Text("coordinate_transformation_mode", "asymmetric").Text("nearest_mode", "floor"),
        Resize("nearest", 1, 2, 5, 5).Floats(1, 1, 0.6f, 1.7f),
        Resize("linear", 2, 2, 3, 4).Floats(1, 1, 2, 2),
        Resize("linear", 1, 2, 5, 4).Floats(1, 1, 1.5f, 0.7f).Text("coordinate_transformation_mode", "align_corners"),
        Resize("linear", 1, 2, 4, 4).None().Ints(1, 2, 7, 6).Text("coordinate_transformation_mode", "pytorch_half_pixel"),
        Resize("linear", 1, 2, 8, 8).None().Ints(1, 2, 3, 8).Int("antialias", 1),
        Resize("cubic", 1, 2, 4, 5).Floats(1, 1, 2, 2),
        Resize("linear", 1, 2, 3, 4).Floats(1.7f, 2).With("axes", 3, 2),
        Resize("linear", 1, 2, 3, 4).Floats(2, 1.7f).With("axes", -2, -1),
        Resize("linear", 1, 2, 3, 4).None().Ints(6, 9).With("axes", 2, 3).Text("keep_aspect_ratio_policy", "not_larger"),
    ];

    private static LayerCase Resize(string mode, params long[] shape) => new LayerCase("Resize").Tensor(shape).None().Text("mode", mode);
}
