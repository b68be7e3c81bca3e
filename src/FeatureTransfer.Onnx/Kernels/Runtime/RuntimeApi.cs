using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;

namespace FeatureTransfer.Onnx.Kernels.Runtime;

/// <summary>
/// The functions of ONNX Runtime's C interface that operators of our own need, and that its C# interface leaves out. The interface is a
/// table that only ever grows, so that a function keeps its place in it.
/// </summary>
internal static unsafe partial class RuntimeApi
{
    /// <summary>The version whose functions are used: the first in which an operator says which memory it may overwrite.</summary>
    public const uint Version = 18;

    private const int CreateStatusPlace = 0;
    private const int GetErrorMessagePlace = 2;
    private const int CreateCustomOpDomainPlace = 26;
    private const int CustomOpDomainAddPlace = 27;
    private const int AddCustomOpDomainPlace = 28;
    private const int GetTensorMutableDataPlace = 51;
    private const int CreateTensorTypeAndShapeInfoPlace = 57;
    private const int SetTensorElementTypePlace = 58;
    private const int SetDimensionsPlace = 59;
    private const int GetDimensionsCountPlace = 61;
    private const int GetDimensionsPlace = 62;
    private const int GetTensorTypeAndShapePlace = 65;
    private const int CreateCpuMemoryInfoPlace = 69;
    private const int KernelContextGetInputCountPlace = 88;
    private const int KernelContextGetInputPlace = 90;
    private const int KernelContextGetOutputPlace = 91;
    private const int ReleaseStatusPlace = 93;
    private const int ReleaseTensorTypeAndShapeInfoPlace = 99;
    private const int KernelInfoGetAttributeIntsPlace = 163;
    private const int RegisterAllocatorPlace = 176;
    private const int ShapeInferContextGetInputTypeShapePlace = 268;
    private const int ShapeInferContextGetAttributePlace = 269;
    private const int ShapeInferContextSetOutputTypeShapePlace = 270;
    private const int ReadOpAttrPlace = 272;
    private const int KernelContextParallelForPlace = 274;

    private const int Fail = 1;
    private const int IntsAttribute = 2;

    private static readonly void** _table = Load();

    /// <summary>A new domain of operators; it lives as long as the process.</summary>
    public static void* CreateDomain(byte* name)
    {
        void* domain;
        Check(((delegate* unmanaged<byte*, void**, void*>)_table[CreateCustomOpDomainPlace])(name, &domain));
        return domain;
    }

    /// <summary>Puts an operator, whose memory has to stay, into a domain.</summary>
    public static void AddOperator(void* domain, void* definition) =>
        Check(((delegate* unmanaged<void*, void*, void*>)_table[CustomOpDomainAddPlace])(domain, definition));

    /// <summary>Makes a domain known to the sessions of some options.</summary>
    public static void AddDomain(void* options, void* domain) =>
        Check(((delegate* unmanaged<void*, void*, void*>)_table[AddCustomOpDomainPlace])(options, domain));

    /// <summary>The description of the CPU's memory without a pool; it lives as long as the process.</summary>
    public static void* CpuMemory()
    {
        void* memory;
        Check(((delegate* unmanaged<int, int, void**, void*>)_table[CreateCpuMemoryInfoPlace])(0, 0, &memory));
        return memory;
    }

    /// <summary>Offers an allocator, whose memory has to stay, to all sessions that ask for one.</summary>
    /// <returns>Whether there was none yet.</returns>
    public static bool TryRegister(OrtEnv environment, void* allocator)
    {
        var status = ((delegate* unmanaged<void*, void*, void*>)_table[RegisterAllocatorPlace])((void*)environment.DangerousGetHandle(), allocator);
        if (status is null)
            return true;
        ((delegate* unmanaged<void*, void>)_table[ReleaseStatusPlace])(status);
        return false;
    }

    /// <summary>A failure, as operators give it back.</summary>
    public static void* Failure(string message)
    {
        var text = Marshal.StringToCoTaskMemUTF8(message);
        var status = ((delegate* unmanaged<int, byte*, void*>)_table[CreateStatusPlace])(Fail, (byte*)text);
        Marshal.FreeCoTaskMem(text);
        return status;
    }

    /// <summary>The whole numbers of a node's attribute, when its kernel is made.</summary>
    public static long[] Attribute(void* info, ReadOnlySpan<byte> name)
    {
        var get = (delegate* unmanaged<void*, byte*, long*, nuint*, void*>)_table[KernelInfoGetAttributeIntsPlace];
        fixed (byte* text = name)
        {
            nuint count = 0;
            Check(get(info, text, null, &count));
            var values = new long[count];
            fixed (long* first = values)
                Check(get(info, text, first, &count));
            return values;
        }
    }

    /// <summary>The whole numbers of a node's attribute, while shapes are worked out.</summary>
    public static long[] InferredAttribute(void* context, ReadOnlySpan<byte> name)
    {
        void* attribute;
        fixed (byte* text = name)
            Check(((delegate* unmanaged<void*, byte*, void**, void*>)_table[ShapeInferContextGetAttributePlace])(context, text, &attribute));

        // Window, strides, dilations, pads and sizes of two axes are the most there is.
        var values = new long[16];
        nuint bytes;
        fixed (long* first = values)
            Check(((delegate* unmanaged<void*, int, void*, nuint, nuint*, void*>)_table[ReadOpAttrPlace])(attribute, IntsAttribute, first, sizeof(long) * 16, &bytes));
        return values[..((int)bytes / sizeof(long))];
    }

    /// <summary>The shape of an input, which belongs to the context, while shapes are worked out; sizes below 0 are not known.</summary>
    public static long[] InferredShape(void* context, nuint input)
    {
        void* info;
        Check(((delegate* unmanaged<void*, nuint, void**, void*>)_table[ShapeInferContextGetInputTypeShapePlace])(context, input, &info));
        return Shape(info);
    }

    /// <summary>Notes what the output holds, in which shape.</summary>
    public static void SetInferredShape(void* context, int elementType, long[] shape)
    {
        void* info;
        Check(((delegate* unmanaged<void**, void*>)_table[CreateTensorTypeAndShapeInfoPlace])(&info));
        Check(((delegate* unmanaged<void*, int, void*>)_table[SetTensorElementTypePlace])(info, elementType));
        fixed (long* first = shape)
            Check(((delegate* unmanaged<void*, long*, nuint, void*>)_table[SetDimensionsPlace])(info, first, (nuint)shape.Length));
        Check(((delegate* unmanaged<void*, nuint, void*, void*>)_table[ShapeInferContextSetOutputTypeShapePlace])(context, 0, info));
        ReleaseShape(info);
    }

    /// <summary>How many inputs a node has.</summary>
    public static int InputCount(void* context)
    {
        nuint count;
        Check(((delegate* unmanaged<void*, nuint*, void*>)_table[KernelContextGetInputCountPlace])(context, &count));
        return (int)count;
    }

    /// <summary>An input.</summary>
    public static KernelTensor Input(void* context, int index)
    {
        void* value;
        void* info;
        Check(((delegate* unmanaged<void*, nuint, void**, void*>)_table[KernelContextGetInputPlace])(context, (nuint)index, &value));
        Check(((delegate* unmanaged<void*, void**, void*>)_table[GetTensorTypeAndShapePlace])(value, &info));
        var tensor = new KernelTensor(Data(value), Shape(info));
        ReleaseShape(info);
        return tensor;
    }

    /// <summary>The output, in a shape.</summary>
    public static KernelTensor Output(void* context, params long[] shape)
    {
        void* value;
        fixed (long* first = shape)
            Check(((delegate* unmanaged<void*, nuint, long*, nuint, void**, void*>)_table[KernelContextGetOutputPlace])(context, 0, first, (nuint)shape.Length, &value));
        return new KernelTensor(Data(value), shape);
    }

    /// <summary>Calls a function for 0, 1, ... on the threads of the session.</summary>
    public static void ParallelFor(void* context, delegate* unmanaged<void*, nuint, void> body, int count, void* state) =>
        Check(((delegate* unmanaged<void*, void*, nuint, nuint, void*, void*>)_table[KernelContextParallelForPlace])(context, body, (nuint)count, 0, state));

    private static void* Data(void* value)
    {
        void* data;
        Check(((delegate* unmanaged<void*, void**, void*>)_table[GetTensorMutableDataPlace])(value, &data));
        return data;
    }

    private static long[] Shape(void* info)
    {
        nuint count;
        Check(((delegate* unmanaged<void*, nuint*, void*>)_table[GetDimensionsCountPlace])(info, &count));
        var shape = new long[count];
        fixed (long* first = shape)
            Check(((delegate* unmanaged<void*, long*, nuint, void*>)_table[GetDimensionsPlace])(info, first, count));
        return shape;
    }

    private static void ReleaseShape(void* info) => ((delegate* unmanaged<void*, void>)_table[ReleaseTensorTypeAndShapeInfoPlace])(info);

    private static void Check(void* status)
    {
        if (status is null)
            return;
        var message = Marshal.PtrToStringUTF8((nint)((delegate* unmanaged<void*, byte*>)_table[GetErrorMessagePlace])(status));
        ((delegate* unmanaged<void*, void>)_table[ReleaseStatusPlace])(status);
        throw new FeatureTransferException($"ONNX Runtime: {message}");
    }

    // The table of functions is the first member of what the library's one entry point returns.
    private static void** Load()
    {
        _ = OnnxRuntimeLibrary.Environment;
        var getApi = *(delegate* unmanaged<uint, void**>*)GetApiBase();
        return getApi(Version);
    }

    [LibraryImport("onnxruntime", EntryPoint = "OrtGetApiBase")]
    private static partial void* GetApiBase();
}
