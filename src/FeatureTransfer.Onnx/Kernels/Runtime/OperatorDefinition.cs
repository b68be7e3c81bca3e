namespace FeatureTransfer.Onnx.Kernels.Runtime;

/// <summary>An operator as ONNX Runtime asks for it: its <c>OrtCustomOp</c> of version 18, with the number of the operator behind it.</summary>
internal unsafe struct OperatorDefinition
{
    public uint Version;
    public void* CreateKernel;
    public delegate* unmanaged<OperatorDefinition*, byte*> GetName;
    public delegate* unmanaged<OperatorDefinition*, byte*> GetExecutionProviderType;
    public delegate* unmanaged<OperatorDefinition*, nuint, int> GetInputType;
    public delegate* unmanaged<OperatorDefinition*, nuint> GetInputTypeCount;
    public delegate* unmanaged<OperatorDefinition*, nuint, int> GetOutputType;
    public delegate* unmanaged<OperatorDefinition*, nuint> GetOutputTypeCount;
    public void* KernelCompute;
    public delegate* unmanaged<void*, void> KernelDestroy;
    public delegate* unmanaged<OperatorDefinition*, nuint, int> GetInputCharacteristic;
    public delegate* unmanaged<OperatorDefinition*, nuint, int> GetOutputCharacteristic;
    public delegate* unmanaged<OperatorDefinition*, nuint, int> GetInputMemoryType;
    public delegate* unmanaged<OperatorDefinition*, int> GetVariadicInputMinArity;
    public delegate* unmanaged<OperatorDefinition*, int> GetVariadicInputHomogeneity;
    public delegate* unmanaged<OperatorDefinition*, int> GetVariadicOutputMinArity;
    public delegate* unmanaged<OperatorDefinition*, int> GetVariadicOutputHomogeneity;
    public delegate* unmanaged<OperatorDefinition*, void*, void*, void**, void*> CreateKernelV2;
    public delegate* unmanaged<void*, void*, void*> KernelComputeV2;
    public delegate* unmanaged<OperatorDefinition*, void*, void*> InferOutputShape;
    public delegate* unmanaged<OperatorDefinition*, int> GetStartVersion;
    public delegate* unmanaged<OperatorDefinition*, int> GetEndVersion;
    public delegate* unmanaged<int**, int**, nuint> GetMayInplace;
    public delegate* unmanaged<int*, int*, void> ReleaseMayInplace;
    public delegate* unmanaged<int**, int**, nuint> GetAliasMap;
    public delegate* unmanaged<int*, int*, void> ReleaseAliasMap;

    /// <summary>Its place among <see cref="KernelOperators.All"/>.</summary>
    public int Number;

    /// <summary>Its name, in UTF-8 and ended by 0.</summary>
    public byte* Name;
}
