using FeatureTransfer.Devices;

namespace FeatureTransfer.Tests.Devices;

public class MissingDeviceTests
{
    private const string Prefix = "[ErrorCode:Fail] provider_bridge_ort.cc:2167 Ort::Provider& Get() [ONNXRuntimeError] : 1 : FAIL : Failed to load library libonnxruntime_providers_cuda.so with error: ";

    [TestCase(Prefix + "libcublasLt.so.13: cannot open shared object file: No such file or directory", "The library libcublasLt.so.13 is missing", "CUDA toolkit")]
    [TestCase(Prefix + "libcuda.so.1: cannot open shared object file: No such file or directory", "The library libcuda.so.1 is missing", "driver")]
    [TestCase(Prefix + "libcudnn.so.9: cannot open shared object file: No such file or directory", "The library libcudnn.so.9 is missing", "cuDNN 9")]
    [TestCase(Prefix + "libnvinfer.so.10: cannot open shared object file: No such file or directory", "The library libnvinfer.so.10 is missing", "TensorRT 10")]
    [TestCase(Prefix + "/app/libonnxruntime_providers_cuda.so: cannot open shared object file: No such file or directory", "The library libonnxruntime_providers_cuda.so is missing", "-p:Gpu=true")]
    [TestCase("Error loading \"C:\\app\\onnxruntime_providers_cuda.dll\" which depends on \"cublasLt64_13.dll\" which is missing.", "The library cublasLt64_13.dll is missing", "CUDA toolkit")]
    [TestCase("CUDA failure 35: CUDA driver version is insufficient for CUDA runtime version ; GPU=-1", "driver", "nvidia-smi")]
    [TestCase("CUDA failure 100: no CUDA-capable device is detected ; GPU=-1", "There is no such GPU", "nvidia-smi -L")]
    [TestCase("CUDA failure 101: invalid device ordinal ; GPU=3", "There is no such GPU", "nvidia-smi -L")]
    [TestCase("Something\nelse", "ONNX Runtime says: Something else", "")]
    public void Describe_Message_NamesWhatIsMissingAndTheRemedy(string message, string missing, string remedy) => Assert.That(
        MissingDevice.Describe(ExecutionProvider.Of(DeviceKind.Cuda), message),
        Does.Contain(missing).And.Contains(remedy));

    [Test]
    public void Describe_SeveralLibraries_NamesAllAndEachRemedyOnce() => Assert.That(
        MissingDevice.Describe(ExecutionProvider.Of(DeviceKind.Cuda), "libcudart.so.13: cannot open shared object file; libcublas.so.13: cannot open shared object file; libcudnn.so.9: cannot open shared object file"),
        Does.StartWith("The libraries libcudart.so.13, libcublas.so.13, libcudnn.so.9 are missing. Install NVIDIA's CUDA toolkit").And.Contains("cuDNN 9").And.Not.Match("CUDA toolkit.*CUDA toolkit"));

    [Test]
    public void Describe_NotInThisBuild_SaysSo() => Assert.That(
        MissingDevice.Describe(ExecutionProvider.Of(DeviceKind.DirectML), null),
        Does.StartWith("This build of ONNX Runtime has no DmlExecutionProvider.").And.Contains("Windows"));
}
